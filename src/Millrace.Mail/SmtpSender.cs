using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Millrace.Letters;
using MimeKit;
using MailAddress = System.Net.Mail.MailAddress;

namespace Millrace.Mail;

/// <summary>
/// Hands letters to a mail server. What may pass: a server that cannot be reached, a connection that breaks, an answer in the 400s. What does not: TLS that cannot be trusted, a sign-in that is refused, an
/// answer in the 500s. A connection that breaks after the server took the letter but before it said so sends it again, with the same Message-ID.
/// </summary>
/// <param name="server">The server.</param>
public sealed class SmtpSender(SmtpServer server) : IMailSender
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Delivery>> TryAsync(Letter letter, IReadOnlyList<MailAddress> recipients, CancellationToken cancellationToken)
    {
        using var client = new TellingClient { Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, Security(), cancellationToken).ConfigureAwait(false);
            if (server.Credential is { } credential)
            {
                await client.AuthenticateAsync(credential, cancellationToken).ConfigureAwait(false);
            }

            using var message = await MimeMessage.LoadAsync(new MemoryStream(letter.Bytes), persistent: true, cancellationToken).ConfigureAwait(false);
            await client.SendAsync(message, MimeLetter.MailboxOf(letter.From), recipients.Select(MimeLetter.MailboxOf), cancellationToken).ConfigureAwait(false);
            var deliveries = client.With(Delivery.OfAll(recipients, DeliveryState.Sent, ""));
            await SayGoodbyeAsync(client).ConfigureAwait(false);
            return deliveries;
        }
        catch (Exception e) when (Explain(e, recipients) is { } told)
        {
            return client.With(told);
        }
    }

    /// <summary>The letter is taken already: a server that hangs up without a farewell has it all the same.</summary>
    static async Task SayGoodbyeAsync(TellingClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or CommandException or TimeoutException)
        {
            // There is nothing left to say to it.
        }
    }

    IReadOnlyList<Delivery>? Explain(Exception failure, IReadOnlyList<MailAddress> recipients)
    {
        return failure switch
        {
            NobodyAcceptedException => Delivery.OfAll(recipients, DeliveryState.Failed, ""),
            SslHandshakeException e => Failed($"The TLS connection to {server} failed, and the mail does not go without it: {FirstLine(e.InnerException ?? e)} Check 'tls' and 'port' in the settings, and the server's certificate."),
            AuthenticationException e => Failed($"{server} refused the user or the password: {FirstLine(e)} Check {MailSettings.UserVariable} and {MailSettings.PasswordVariable}."),
            ServiceNotAuthenticatedException => Failed($"{server} takes mails only after a sign-in. Set {MailSettings.UserVariable} and {MailSettings.PasswordVariable}."),
            NotSupportedException e => Failed($"{server} cannot do what the settings ask of it: {FirstLine(e)} Check 'tls' and 'port' in the settings."),
            SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted or SmtpErrorCode.SenderNotAccepted, StatusCode: >= (SmtpStatusCode)500 } e => Delivery.OfAll(recipients, DeliveryState.Refused, Said(e)),
            SmtpCommandException e => Failed($"{server} did not take the mail: {Said(e)}", mayPass: (int)e.StatusCode < 500),
            SocketException or IOException or ProtocolException or TimeoutException =>
                Failed($"The mail server {server} cannot be reached: {FirstLine(failure)} Check that it runs and that 'host' and 'port' in the settings are right.", mayPass: true),
            _ => null,
        };

        IReadOnlyList<Delivery> Failed(string detail, bool mayPass = false) => Delivery.OfAll(recipients, DeliveryState.Failed, detail, mayPass);
    }

    SecureSocketOptions Security() => server.Tls switch
    {
        SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    static string Said(SmtpCommandException e) => $"{(int)e.StatusCode} {FirstLine(e)}";

    static string FirstLine(Exception e) => VisibleText.Sentence(e.Message.Split('\n')[0]);

    /// <summary>Keeps what the server says of each recipient, so that one refused does not keep the mail from the others.</summary>
    sealed class TellingClient : SmtpClient
    {
        readonly Dictionary<string, SmtpResponse> _refusals = [];

        /// <summary>What became of the letter, but for those of whom the server said something of their own.</summary>
        public IReadOnlyList<Delivery> With(IReadOnlyList<Delivery> deliveries) => [.. deliveries.Select(one => _refusals.TryGetValue(one.Recipient, out var refusal) ? Of(one.Recipient, refusal) : one)];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _refusals[mailbox.Address] = response;

        protected override void OnNoRecipientsAccepted(MimeMessage message) => throw new NobodyAcceptedException();

        static Delivery Of(string recipient, SmtpResponse refusal)
        {
            var isFinal = (int)refusal.StatusCode >= 500;
            return new Delivery(recipient, isFinal ? DeliveryState.Refused : DeliveryState.Failed, $"{(int)refusal.StatusCode} {VisibleText.Sentence(refusal.Response)}") { MayPass = !isFinal };
        }
    }

    /// <summary>The server refused every recipient; what it said of each is kept.</summary>
    sealed class NobodyAcceptedException : Exception;
}
