using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Millrace.Mail;

/// <summary>
/// Hands letters to a mail server. What may pass is tried four times with growing, jittered pauses: a server that cannot be reached, a connection that breaks, an
/// answer in the 400s. Not retried: TLS that cannot be trusted, a sign-in that is refused, an answer in the 500s. A connection that breaks after the
/// server took the letter but before it said so sends it again, with the same Message-ID.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="clock">What pauses are counted by.</param>
public sealed class SmtpSender(SmtpServer server, TimeProvider clock)
{
    const int Attempts = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends a letter to some of its recipients. Never throws for what a server does: it is in the result, one entry a recipient.</summary>
    public async Task<IReadOnlyList<Delivery>> SendAsync(Letter letter, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        var settled = new List<Delivery>();
        for (var attempt = 1; ; attempt++)
        {
            var round = await AttemptAsync(letter, recipients, cancellationToken).ConfigureAwait(false);
            settled.AddRange(round.Settled);
            recipients = [.. recipients.Where(one => round.Passing.Any(passing => passing.Recipient == one.Address))];
            if (recipients.Count == 0 || attempt == Attempts)
            {
                return [.. settled, .. round.Passing];
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<Round> AttemptAsync(Letter letter, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        using var client = new TellingClient { Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, Security(), cancellationToken).ConfigureAwait(false);
            if (server.Credential is { } credential)
            {
                await client.AuthenticateAsync(credential, cancellationToken).ConfigureAwait(false);
            }

            await client.SendAsync(letter.Message, letter.From, recipients, cancellationToken).ConfigureAwait(false);
            await client.DisconnectAsync(quit: true, CancellationToken.None).ConfigureAwait(false);
            return client.RoundOf(recipients);
        }
        catch (NobodyAcceptedException)
        {
            return client.RoundOf(recipients);
        }
        catch (SslHandshakeException e)
        {
            return Round.All(recipients, $"The TLS connection to {server} failed, and the mail does not go without it: {FirstLine(e.InnerException ?? e)} Check 'tls' and 'port' in the settings, and the server's certificate.", mayPass: false);
        }
        catch (AuthenticationException e)
        {
            return Round.All(recipients, $"{server} refused the user or the password: {FirstLine(e)} Check MILLRACE_SMTP_USER and MILLRACE_SMTP_PASSWORD.", mayPass: false);
        }
        catch (NotSupportedException e)
        {
            return Round.All(recipients, $"{server} cannot do what the settings ask of it: {FirstLine(e)} Check 'tls' and 'port' in the settings.", mayPass: false);
        }
        catch (SmtpCommandException e)
        {
            return Round.All(recipients, $"{server} did not take the mail: {(int)e.StatusCode} {FirstLine(e)}", mayPass: (int)e.StatusCode < 500);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or TimeoutException)
        {
            return Round.All(recipients, $"The mail server {server} cannot be reached: {FirstLine(e)} Check that it runs and that 'host' and 'port' in the settings are right.", mayPass: true);
        }
    }

    SecureSocketOptions Security() => server.Tls switch
    {
        SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    static string FirstLine(Exception e)
    {
        var line = VisibleText.Of(e.Message.Split('\n')[0].Trim(), 300);
        return line.EndsWith('.') ? line : line + ".";
    }

    /// <summary>One attempt: what is settled, and what may pass.</summary>
    sealed record Round(IReadOnlyList<Delivery> Settled, IReadOnlyList<Delivery> Passing)
    {
        public static Round All(IReadOnlyList<MailboxAddress> recipients, string detail, bool mayPass)
        {
            Delivery[] all = [.. recipients.Select(one => new Delivery(one.Address, DeliveryState.Failed, detail))];
            return mayPass ? new Round([], all) : new Round(all, []);
        }
    }

    /// <summary>Keeps what the server says of each recipient, so that one refused does not keep the mail from the others.</summary>
    sealed class TellingClient : SmtpClient
    {
        readonly Dictionary<string, SmtpResponse> _refusals = [];

        public Round RoundOf(IReadOnlyList<MailboxAddress> recipients)
        {
            var sent = recipients.Where(one => !_refusals.ContainsKey(one.Address)).Select(one => new Delivery(one.Address, DeliveryState.Sent, ""));
            var refused = _refusals.Where(one => IsFinal(one.Value)).Select(one => Of(one, DeliveryState.Refused));
            return new Round([.. sent, .. refused], [.. _refusals.Where(one => !IsFinal(one.Value)).Select(one => Of(one, DeliveryState.Failed))]);
        }

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _refusals[mailbox.Address] = response;

        protected override void OnNoRecipientsAccepted(MimeMessage message) => throw new NobodyAcceptedException();

        static bool IsFinal(SmtpResponse response) => (int)response.StatusCode >= 500;

        static Delivery Of(KeyValuePair<string, SmtpResponse> refusal, DeliveryState state) =>
            new(refusal.Key, state, $"{(int)refusal.Value.StatusCode} {VisibleText.Of(refusal.Value.Response, 300)}");
    }

    /// <summary>The server refused every recipient; what it said of each is kept.</summary>
    sealed class NobodyAcceptedException : Exception;
}
