using System.Net.Mail;
using Millrace.Letters;

namespace Millrace.Tests.Letters;

/// <summary>
/// A way by which mails leave for everybody but those whose address begins with <c>refused</c>, <c>away</c> (failed, and may pass) or <c>later</c> (put off
/// once).
/// </summary>
sealed class ScriptedSender : IMailSender
{
    readonly HashSet<string> _seen = [];

    /// <summary>True where nobody is away.</summary>
    public bool EverybodyIsIn { get; init; }

    /// <summary>The letters that left, and whom for.</summary>
    public List<(Letter Letter, string Recipient)> Taken { get; } = [];

    public Task<IReadOnlyList<Delivery>> TryAsync(Letter letter, IReadOnlyList<MailAddress> recipients, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Delivery>>([.. recipients.Select(one => Try(letter, one.Address))]);
    }

    Delivery Try(Letter letter, string recipient)
    {
        if (recipient.StartsWith("refused", StringComparison.Ordinal))
        {
            return new Delivery(recipient, DeliveryState.Refused, "550 No such mailbox.");
        }

        if ((recipient.StartsWith("away", StringComparison.Ordinal) && !EverybodyIsIn) || (recipient.StartsWith("later", StringComparison.Ordinal) && _seen.Add(recipient)))
        {
            return new Delivery(recipient, DeliveryState.Failed, "450 Come back later.") { MayPass = true };
        }

        Taken.Add((letter, recipient));
        return new Delivery(recipient, DeliveryState.Sent, "");
    }
}
