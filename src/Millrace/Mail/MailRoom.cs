using MimeKit;

namespace Millrace.Mail;

/// <summary>Writes, records and sends mails.</summary>
/// <param name="settings">Who sends, and how.</param>
/// <param name="clock">The time.</param>
public sealed class MailRoom(MailSettings settings, TimeProvider clock)
{
    /// <summary>
    /// Sends a mail. It is in the outbox before the first byte leaves, and what became of it after. Throws a <see cref="UserException"/> that names those who did not
    /// get it; the others did.
    /// </summary>
    /// <param name="content">What it says.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="reason">Why it is sent.</param>
    /// <param name="cancellationToken">Stops it; the mail then stays pending.</param>
    public async Task SendAsync(MailContent content, IReadOnlyList<MailboxAddress> to, string reason, CancellationToken cancellationToken)
    {
        var receipt = await DeliverAsync(content, to, reason, identity: null, cancellationToken).ConfigureAwait(false);
        if (receipt.Failure is { } failure)
        {
            throw new UserException(failure);
        }
    }

    /// <summary>The same, where a mail that somebody did not get is no exception.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="reason">Why it is sent.</param>
    /// <param name="identity">What makes it the same mail whatever it says; null where its content does.</param>
    /// <param name="cancellationToken">Stops it; the mail then stays pending.</param>
    public async Task<MailReceipt> DeliverAsync(MailContent content, IReadOnlyList<MailboxAddress> to, string reason, string? identity, CancellationToken cancellationToken)
    {
        using var outbox = new Outbox(settings.Outbox, clock);
        var letter = new Letter(content, settings.From, to, clock.GetUtcNow(), identity);
        var id = outbox.Add(letter, reason);
        var deliveries = await new SmtpSender(settings.Server, clock).SendAsync(letter, to, cancellationToken).ConfigureAwait(false);
        outbox.Record(id, deliveries);
        return new MailReceipt(deliveries.Any(one => one.State == DeliveryState.Sent), deliveries.All(one => one.State == DeliveryState.Sent) ? null : Failure(deliveries, id));
    }

    static string Failure(IReadOnlyList<Delivery> deliveries, long id)
    {
        var sentences = deliveries.Where(one => one.State == DeliveryState.Refused).Select(one => $"The mail server refused {one.Recipient}: {one.Detail}").ToList();
        sentences.AddRange(deliveries.Where(one => one.State == DeliveryState.Failed).GroupBy(one => one.Detail).Select(group => $"The mail to {string.Join(", ", group.Select(one => one.Recipient))} was not sent. {group.Key}"));
        var sent = deliveries.Where(one => one.State == DeliveryState.Sent).Select(one => one.Recipient).ToArray();
        return $"{string.Join(' ', sentences)} {(sent.Length == 0 ? "Nobody has it." : $"It was sent to {string.Join(", ", sent)}.")} It is kept: 'millrace mail show {id}'.";
    }
}
