using System.Net.Http.Headers;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using Millrace.Letters;

namespace Millrace.Aws;

/// <summary>
/// Hands letters to Amazon SES (its second interface), whole, as they were written. Each recipient is a request of its own, so that one who is refused does not keep the mail from the others. SES gives a letter another
/// Message-ID, which the delivery tells.
/// </summary>
/// <param name="settings">The region, and what else there is to say.</param>
/// <param name="clock">The time that requests are signed with.</param>
/// <param name="handlers">What requests go through; null for the network.</param>
public sealed class SesSender(SesSettings settings, TimeProvider clock, Func<HttpMessageHandler>? handlers = null) : IMailSender
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Delivery>> TryAsync(Letter letter, IReadOnlyList<MailAddress> recipients, CancellationToken cancellationToken)
    {
        var region = settings.Region ?? AwsSettings.Region;
        ImmutableCredentials credentials;
        Uri endpoint;
        try
        {
            endpoint = Endpoint(region);

            // Looked for anew each time, since those of a role run out.
            var found = await AwsSettings.FindCredentialsAsync(null, "").WaitAsync(cancellationToken).ConfigureAwait(false);
            credentials = await found.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (UserException e)
        {
            return Delivery.OfAll(recipients, DeliveryState.Failed, e.Message);
        }
        catch (AmazonClientException)
        {
            return Delivery.OfAll(recipients, DeliveryState.Failed, "The AWS credentials could not be had; check the profile or the role that gives them.", mayPass: true);
        }

        using var client = new HttpClient(handlers?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = endpoint, Timeout = Timeout };
        var signature = new SignatureV4(credentials, region, "ses");
        var deliveries = new List<Delivery>();
        foreach (var recipient in recipients)
        {
            try
            {
                deliveries.Add(await SendAsync(client, signature, letter, recipient.Address, cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (deliveries.Count > 0)
            {
                // Whoever has got it does not get it again, when it is sent to the others.
                return [.. deliveries, .. Delivery.OfAll(recipients.Skip(deliveries.Count), DeliveryState.Failed, "It was stopped.", mayPass: true)];
            }
        }

        return deliveries;
    }

    async Task<Delivery> SendAsync(HttpClient client, SignatureV4 signature, Letter letter, string recipient, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(client.BaseAddress!, signature, letter, recipient);
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = SesAnswer.Parse(response, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return answer.ToDelivery(recipient, settings);
        }
        catch (HttpRequestException e)
        {
            return Unreachable(recipient, e.InnerException is SocketException socket ? socket.Message : e.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return Unreachable(recipient, "the connection broke off");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreachable(recipient, "it did not answer in time");
        }
    }

    HttpRequestMessage Request(Uri endpoint, SignatureV4 signature, Letter letter, string recipient)
    {
        var content = new JsonObject
        {
            ["FromEmailAddress"] = letter.From.Address,
            ["Destination"] = new JsonObject { ["ToAddresses"] = new JsonArray(recipient) },
            ["Content"] = new JsonObject { ["Raw"] = new JsonObject { ["Data"] = Convert.ToBase64String(letter.Bytes) } },
        };
        if (settings.ConfigurationSet is { } set)
        {
            content["ConfigurationSetName"] = set;
        }

        var body = Encoding.UTF8.GetBytes(content.ToJsonString());
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/v2/email/outbound-emails")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        signature.Sign(request, body, clock.GetUtcNow());
        return request;
    }

    Uri Endpoint(string region) => settings.Endpoint
        ?? ((AwsSettings.Setting("AWS_ENDPOINT_URL_SESV2") ?? AwsSettings.Setting("AWS_ENDPOINT_URL")) is not { } url ? new Uri($"https://email.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}")
        : Uri.TryCreate(url, UriKind.Absolute, out var own) && own.Scheme is "http" or "https" ? own
        : throw new UserException("The endpoint of SES is not a URL that begins with http:// or https://; check AWS_ENDPOINT_URL_SESV2 or AWS_ENDPOINT_URL.", UserException.Usage));

    static Delivery Unreachable(string recipient, string why) => new(recipient, DeliveryState.Failed, $"SES cannot be reached ({why}). Check the network, 'region' and 'endpoint' in the settings.") { MayPass = true };
}
