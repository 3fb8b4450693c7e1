using System.Net;
using System.Net.Mail;
using Millrace.Letters;
using Millrace.Tests.Letters;
using Millrace.Tests.Sources;
using MimeKit;

namespace Millrace.Mail.Tests;

/// <summary>Against a real mail server, and against what servers do wrong.</summary>
public sealed class SmtpSenderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ImpatientClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_arrives_with_both_parts_and_its_attachment()
    {
        await using var server = await MailServer.StartAsync();

        await SendAsync(server.Port, "a@example.com", "b@example.com");

        var message = Assert.Single(server.Taken);
        var content = SomeMail.Report.Render();
        Assert.Equal(content.Subject, message.Subject);
        Assert.Equal(content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(content.Html, message.HtmlBody!.ReplaceLineEndings("\n"));
        using var attached = new MemoryStream();
        ((MimePart)Assert.Single(message.Attachments)).Content!.DecodeTo(attached);
        Assert.Equal(SomeMail.Table.Csv, attached.ToArray());
        Assert.Equal(["a@example.com", "b@example.com"], server.Recipients);
        Assert.All(Assert.Single(Entries()).Deliveries, one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Fact]
    public async Task One_refused_does_not_keep_the_mail_from_the_others()
    {
        await using var server = await MailServer.StartAsync();

        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(server.Port, "refused@example.com", "b@example.com"));

        Assert.Equal("The mail to refused@example.com was refused: 550 No such mailbox. It was sent to b@example.com. It is kept: 'millrace mail send 1' sends it again.", error.Message);
        Assert.Equal(["b@example.com"], server.Recipients);
        Assert.Equal([DeliveryState.Refused, DeliveryState.Sent], Assert.Single(Entries()).Deliveries.Select(one => one.State));
        Assert.Equal(0, _clock.Pauses);
    }

    [Fact]
    public async Task All_refused_is_told()
    {
        await using var server = await MailServer.StartAsync();

        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(server.Port, "refused@example.com"));

        Assert.EndsWith("550 No such mailbox. Nobody got it. It is kept: 'millrace mail send 1' sends it again.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_put_off_is_tried_again_and_the_others_get_it_once()
    {
        await using var server = await MailServer.StartAsync();

        await SendAsync(server.Port, "later@example.com", "b@example.com");

        Assert.Equal(["b@example.com", "later@example.com"], server.Recipients);
        Assert.Single(server.Taken.Select(one => one.MessageId).Distinct());
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_four_times_and_told_apart_from_one_that_refuses()
    {
        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(MailServer.FreePort(), "a@example.com"));

        Assert.Contains("cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _clock.Pauses);
        Assert.Equal(DeliveryState.Failed, Assert.Single(Assert.Single(Entries()).Deliveries).State);
    }

    [Fact]
    public async Task A_message_that_is_refused_is_told_so_and_not_tried_again()
    {
        await using var server = await MailServer.StartAsync();

        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(server.Port, "unwanted@example.com", "refused@example.com", "b@example.com"));

        Assert.Equal(
            "The mail to unwanted@example.com, b@example.com was refused: 554 Looks like spam. The mail to refused@example.com was refused: 550 No such mailbox. Nobody got it. It is kept: 'millrace mail send 1' sends it again.", error.Message);
        Assert.All(Assert.Single(Entries()).Deliveries, one => Assert.Equal(DeliveryState.Refused, one.State));
        Assert.Equal(0, _clock.Pauses);
    }

    [Fact]
    public async Task A_server_that_wants_a_sign_in_first_is_told()
    {
        await using var server = await MailServer.StartAsync("signed");

        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(server.Port, "a@example.com"));

        Assert.Contains("takes mails only after a sign-in. Set MILLRACE_SMTP_USER and MILLRACE_SMTP_PASSWORD.", error.Message, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Failed, Assert.Single(Assert.Single(Entries()).Deliveries).State);
    }

    [Fact]
    public async Task A_mail_is_sent_again_as_it_was_to_those_who_have_not_got_it()
    {
        await Assert.ThrowsAsync<UserException>(() => SendAsync(MailServer.FreePort(), "a@example.com", "refused@example.com"));
        await using var server = await MailServer.StartAsync();

        var receipt = await Room(server.Port).ResendAsync(1, alsoRefused: false, CancellationToken.None);
        var again = await Room(server.Port).ResendAsync(1, alsoRefused: false, CancellationToken.None);
        var refused = await Room(server.Port).ResendAsync(1, alsoRefused: true, CancellationToken.None);

        Assert.Equal(["a@example.com"], receipt!.Sent);
        Assert.Null(again);
        Assert.StartsWith("The mail to refused@example.com was refused: 550 No such mailbox. It is kept: ", refused!.Failure, StringComparison.Ordinal);
        var entry = Assert.Single(Entries());
        Assert.Equal([DeliveryState.Sent, DeliveryState.Refused], entry.Deliveries.Select(one => one.State));
        var message = Assert.Single(server.Taken);
        Assert.Equal((entry.MessageId, SomeMail.Report.Render().Html), (message.MessageId, message.HtmlBody!.ReplaceLineEndings("\n")));
        Assert.Equal(["a@example.com"], server.Recipients);
        Assert.StartsWith("There is no mail 2.", (await Assert.ThrowsAsync<UserException>(() => Room(server.Port).ResendAsync(2, alsoRefused: false, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        await using var server = await MailServer.StartAsync();

        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync(new SmtpServer("127.0.0.1", server.Port, SmtpTls.StartTls), "a@example.com"));

        Assert.StartsWith($"The mail to a@example.com was not sent. The TLS connection to 127.0.0.1:{server.Port} failed, and the mail does not go without it: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("sesame", false)]
    public async Task A_password_that_is_wrong_is_told_and_not_shown(string password, bool isTaken)
    {
        await using var server = await MailServer.StartAsync("signed");
        var signed = new SmtpServer("127.0.0.1", server.Port, SmtpTls.None) { Credential = new NetworkCredential("user", password) };

        var error = await Record.ExceptionAsync(() => SendAsync(signed, "a@example.com"));

        Assert.Equal(isTaken ? 1 : 0, server.Taken.Count);
        Assert.Equal(!isTaken, error is UserException { Message: var told } && told.Contains("refused the user or the password", StringComparison.Ordinal) && !told.Contains(password, StringComparison.Ordinal));
    }

    Task SendAsync(int port, params string[] to) => SendAsync(new SmtpServer("127.0.0.1", port, SmtpTls.None), to);

    Task SendAsync(SmtpServer server, params string[] to) => Room(server)
        .SendAsync(SomeMail.Report.Render(), [.. to.Select(one => new MailAddress(one))], "report status", CancellationToken.None);

    MailRoom Room(int port) => Room(new SmtpServer("127.0.0.1", port, SmtpTls.None));

    MailRoom Room(SmtpServer server) => new(new MailSettings(SomeMail.From, server, OutboxPath, null), new SmtpSender(server), new MailComposer(), _clock);

    IReadOnlyList<OutboxEntry> Entries()
    {
        using var outbox = Outbox();
        return outbox.List();
    }

    Outbox Outbox() => new(OutboxPath, _clock);

    string OutboxPath => Path.Join(_folder.Path, "outbox.db");
}
