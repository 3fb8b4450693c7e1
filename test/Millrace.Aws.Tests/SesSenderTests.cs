using System.Net;
using System.Net.Mail;
using System.Text.Json;
using Millrace.Letters;
using Millrace.Mail;
using Millrace.Tests.Letters;
using MimeKit;

namespace Millrace.Aws.Tests;

/// <summary>Against a stand-in for SES, and against what SES may answer.</summary>
[Collection(S3Collection.Name)]
public sealed class SesSenderTests : IDisposable
{
    static readonly SesSettings Frankfurt = new("eu-central-1", null, "reports");

    readonly string _folder = Directory.CreateTempSubdirectory("millrace-ses-").FullName;
    readonly ImpatientClock _clock = new();
    readonly List<(HttpRequestMessage Request, JsonElement Body)> _requests = [];
    readonly ClearedEnvironment _environment = new(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SESV2", "AWS_EC2_METADATA_DISABLED"]);

    public SesSenderTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "a secret");
    }

    public void Dispose()
    {
        _environment.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_arrives_with_both_parts_and_its_attachment()
    {
        await using var server = await SesServer.StartAsync();

        await SendAsync(new SesSender(new SesSettings(null, server.Endpoint, null), _clock), "a@example.com", "b@example.com");

        var taken = await server.TakenAsync();
        Assert.Equal(2, taken.Count);
        foreach (var mail in taken)
        {
            Assert.Equal("3 new: order-service ü", mail.GetProperty("subject").GetString());
            Assert.Equal("text ü\n", mail.GetProperty("body").GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
            Assert.Equal("<p>html ü</p>\n", mail.GetProperty("body").GetProperty("html").GetString()!.ReplaceLineEndings("\n"));
            Assert.Equal("YSxiCg==", mail.GetProperty("attachments")[0].GetProperty("content").GetString());
        }

        Assert.All(Entry().Deliveries, one => Assert.Equal(DeliveryState.Sent, one.State));
        Assert.Equal(taken.Select(mail => mail.GetProperty("messageId").GetString()), Entry().Deliveries.Select(one => one.Detail));
    }

    [Fact]
    public async Task A_request_is_what_SES_expects()
    {
        await SendAsync(Answering((HttpStatusCode.OK, """{"MessageId": "0100-1"}""", null)), "a@example.com");

        var (request, body) = Assert.Single(_requests);
        Assert.Equal("POST https://email.eu-central-1.amazonaws.com/v2/email/outbound-emails", $"{request.Method} {request.RequestUri}");
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-central-1/ses/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=", request.Headers.Authorization!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("reports@example.com", "reports", "[\"a@example.com\"]"), (body.GetProperty("FromEmailAddress").GetString(), body.GetProperty("ConfigurationSetName").GetString(), body.GetProperty("Destination").GetProperty("ToAddresses").GetRawText()));
        var raw = MimeMessage.Load(new MemoryStream(body.GetProperty("Content").GetProperty("Raw").GetProperty("Data").GetBytesFromBase64()));
        Assert.Equal("text ü\n", raw.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        await SendAsync(Answering((HttpStatusCode.TooManyRequests, "{}", "TooManyRequestsException:http://internal"), (HttpStatusCode.ServiceUnavailable, "<html>", null), (HttpStatusCode.OK, "{}", null)), "a@example.com");

        Assert.Equal(2, _clock.Pauses);
        Assert.Equal(DeliveryState.Sent, Assert.Single(Entry().Deliveries).State);
    }

    [Theory]
    [InlineData(400, "MessageRejected", "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: arn:aws:ses:eu-central-1:123456789012:identity/a", DeliveryState.Refused,
        "The mail to a@example.com was refused: MessageRejected: Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: (a resource of the account).")]
    [InlineData(400, "MailFromDomainNotVerifiedException", "The domain is not verified", DeliveryState.Refused, "The mail to a@example.com was refused: MailFromDomainNotVerifiedException: The domain is not verified.")]
    [InlineData(413, "", "", DeliveryState.Refused, "The mail to a@example.com was refused: status 413.")]
    [InlineData(403, "AccessDeniedException", "User: arn:aws:iam::123456789012:user/x is not authorized", DeliveryState.Failed, "The mail to a@example.com was not sent. SES in eu-central-1 denied access (AccessDeniedException): the credentials in use need ses:SendEmail and ses:SendRawEmail, and the clock of this machine must be right.")]
    [InlineData(404, "NotFoundException", "", DeliveryState.Failed, "The mail to a@example.com was not sent. SES in eu-central-1 does not know the configuration set 'reports'. Check 'configurationSet' in the settings.")]
    [InlineData(302, "", "", DeliveryState.Failed, "The mail to a@example.com was not sent. What answered for SES is not SES (status 302). Check 'endpoint' in the settings.")]
    [InlineData(400, "SendingPausedException", "", DeliveryState.Failed, "The mail to a@example.com was not sent. SES does not send for this account in eu-central-1 now (SendingPausedException).")]
    public async Task What_does_not_pass_is_told_once_and_kept(int status, string kind, string message, DeliveryState state, string expected)
    {
        var sender = Answering(((HttpStatusCode)status, JsonSerializer.Serialize(new { message }), kind.Length > 0 ? kind : null));

        var told = await Assert.ThrowsAsync<UserException>(() => SendAsync(sender, "a@example.com"));

        Assert.Equal($"{expected} Nobody got it. It is kept: 'millrace mail send 1' sends it again.", told.Message);
        Assert.DoesNotContain("123456789012", told.Message, StringComparison.Ordinal);
        Assert.Equal((state, 0), (Assert.Single(Entry().Deliveries).State, _clock.Pauses));
        Assert.Single(_requests);
    }

    [Fact]
    public async Task One_refused_does_not_keep_the_mail_from_the_others()
    {
        var sender = Answering((HttpStatusCode.BadRequest, """{"message": "Not verified"}""", "MessageRejected"), (HttpStatusCode.OK, """{"MessageId": "2"}""", null));

        var told = await Assert.ThrowsAsync<UserException>(() => SendAsync(sender, "a@example.com", "b@example.com"));

        Assert.StartsWith("The mail to a@example.com was refused: MessageRejected: Not verified. It was sent to b@example.com.", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_down_is_tried_four_times()
    {
        var down = new SesSender(new SesSettings(null, new Uri($"http://127.0.0.1:{S3Server.FreePort()}"), null), _clock);

        var told = await Assert.ThrowsAsync<UserException>(() => SendAsync(down, "a@example.com"));

        Assert.StartsWith("The mail to a@example.com was not sent. SES cannot be reached (", told.Message, StringComparison.Ordinal);
        Assert.Equal(3, _clock.Pauses);
    }

    [Fact]
    public async Task Who_has_got_it_when_it_is_stopped_does_not_get_it_again()
    {
        using var stop = new CancellationTokenSource();
        var left = new Queue<(HttpStatusCode Status, string Body, string? Kind)>([(HttpStatusCode.OK, "{}", null)]);
        var sender = new SesSender(Frankfurt, _clock, () => new Recorder(_requests, left) { Asked = () => CancelAt(second: _requests.Count == 2) });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(sender, stop.Token, "a@example.com", "b@example.com"));

        Assert.Equal([DeliveryState.Sent, DeliveryState.Failed], Entry().Deliveries.Select(one => one.State));

        void CancelAt(bool second)
        {
            if (second)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task A_wrong_endpoint_is_told_and_the_mail_is_kept()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SESV2", "here");

        var told = await Assert.ThrowsAsync<UserException>(() => SendAsync(Answering(), "a@example.com"));

        Assert.StartsWith("The mail to a@example.com was not sent. The endpoint of SES is not a URL", told.Message, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Failed, Assert.Single(Entry().Deliveries).State);
    }

    [Fact]
    public async Task Missing_credentials_are_told_and_the_mail_is_kept()
    {
        using var cleared = new ClearedEnvironment(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_PROFILE", "millrace-has-none");

        var told = await Assert.ThrowsAsync<UserException>(() => SendAsync(Answering(), "a@example.com"));

        Assert.Contains("No AWS credentials were found for the profile 'millrace-has-none'.", told.Message, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Failed, Assert.Single(Entry().Deliveries).State);
    }

    Task SendAsync(SesSender sender, params string[] to) => SendAsync(sender, CancellationToken.None, to);

    Task SendAsync(SesSender sender, CancellationToken cancellationToken, params string[] to) =>
        new MailRoom(new MailSettings(new MailAddress("reports@example.com"), null, OutboxPath, null), sender, new MailComposer(), _clock)
            .SendAsync(
                new MailContent("3 new: order-service ü", "text ü\n", "<p>html ü</p>\n", [new MailAttachment("a.csv", "text/csv", "a,b\n"u8.ToArray())]),
                [.. to.Select(one => new MailAddress(one))], "report errors", cancellationToken);

    SesSender Answering(params (HttpStatusCode Status, string Body, string? Kind)[] answers)
    {
        var left = new Queue<(HttpStatusCode Status, string Body, string? Kind)>(answers);
        return new SesSender(Frankfurt, _clock, () => new Recorder(_requests, left));
    }

    OutboxEntry Entry()
    {
        using var outbox = new Outbox(OutboxPath, _clock);
        return Assert.Single(outbox.List());
    }

    string OutboxPath => Path.Join(_folder, "outbox.db");

    /// <summary>Keeps what is asked, and answers in turn.</summary>
    sealed class Recorder(List<(HttpRequestMessage Request, JsonElement Body)> requests, Queue<(HttpStatusCode Status, string Body, string? Kind)> answers) : HttpMessageHandler
    {
        public Action Asked { get; init; } = static () => { };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            requests.Add((request, body.RootElement.Clone()));
            Asked();
            cancellationToken.ThrowIfCancellationRequested();
            var answer = answers.Dequeue();
            var response = new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body) };
            if (answer.Kind is { } kind)
            {
                response.Headers.Add("x-amzn-ErrorType", kind);
            }

            return response;
        }
    }
}
