using System.Globalization;
using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>Writes, records and sends mails.</summary>
/// <param name="settings">Who sends, and where what was sent is kept.</param>
/// <param name="sender">The way by which mails leave.</param>
/// <param name="composer">Writes mails as they are sent.</param>
/// <param name="clock">The time.</param>
public sealed class MailRoom(MailSettings settings, IMailSender sender, IMailComposer composer, TimeProvider clock)
{
    /// <summary>For how long a mail that reached some only is sent to the others by itself. Mail servers give up after as long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>How long such a mail waits before it is tried again.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Sends a mail. It is in the outbox before the first byte leaves, and what became of it after each attempt. Throws a <see cref="UserException"/> that names those who did not
    /// get it; the others did.
    /// </summary>
    /// <param name="content">What it says.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="reason">Why it is sent.</param>
    /// <param name="cancellationToken">Stops it; the mail then stays pending, or failed for those who were to be tried again.</param>
    public async Task SendAsync(MailContent content, IReadOnlyList<MailAddress> to, string reason, CancellationToken cancellationToken)
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
    /// <param name="cancellationToken">Stops it, as above.</param>
    public async Task<MailReceipt> DeliverAsync(MailContent content, IReadOnlyList<MailAddress> to, string reason, string? identity, CancellationToken cancellationToken)
    {
        using var outbox = new Outbox(settings.Outbox, clock);
        var letter = composer.Write(content, settings.From, to, clock.GetUtcNow(), identity);
        var id = outbox.Add(letter, reason);
        using var hold = outbox.Hold(id);
        return await SendAsync(outbox, id, letter, to, isAgain: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a mail of the outbox again, as it was written, to those who have not got it. Returns null where that is nobody.</summary>
    /// <param name="id">Its number. Throws a <see cref="UserException"/> where there is none.</param>
    /// <param name="alsoRefused">True to try also those whom it was refused for.</param>
    /// <param name="cancellationToken">Stops it, as above.</param>
    public async Task<MailReceipt?> ResendAsync(long id, bool alsoRefused, CancellationToken cancellationToken)
    {
        using var outbox = new Outbox(settings.Outbox, clock);
        var bytes = outbox.Find(id) ?? throw new UserException(string.Create(CultureInfo.InvariantCulture, $"There is no mail {id}. 'millrace mail list' shows which there are."));
        using var hold = outbox.Hold(id);
        var entry = outbox.List(id)[0];
        MailAddress[] to = [.. entry.Deliveries.Where(one => one.IsUnsent(alsoRefused)).Select(one => MailAddresses.ParseOne(one.Recipient, "the outbox"))];
        if (to.Length == 0)
        {
            return null;
        }

        var from = LetterSender.Find(bytes)
            ?? throw new UserException(string.Create(CultureInfo.InvariantCulture, $"Mail {id} does not say who sends it. 'millrace mail show {id}' prints it."));
        var letter = new Letter(from, to, entry.Subject, entry.MessageId, bytes);
        return await SendAsync(outbox, id, letter, to, isAgain: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends those mails of a reason again that reached some lately and failed for others: every quarter of an hour at most, and for five days.</summary>
    /// <param name="reason">Why they were sent.</param>
    /// <param name="cancellationToken">Stops it, as above.</param>
    /// <returns>The subject of each mail, and what became of it.</returns>
    public async Task<IReadOnlyList<(string Subject, MailReceipt Receipt)>> ResendHalfSentAsync(string reason, CancellationToken cancellationToken)
    {
        using var outbox = new Outbox(settings.Outbox, clock);
        var receipts = new List<(string, MailReceipt)>();
        foreach (var entry in outbox.ListHalfSent(reason, clock.GetUtcNow() - Patience, clock.GetUtcNow() - Pause))
        {
            if (await ResendAsync(entry.Id, alsoRefused: false, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                receipts.Add((entry.Subject, receipt));
            }
        }

        return receipts;
    }

    async Task<MailReceipt> SendAsync(Outbox outbox, long id, Letter letter, IReadOnlyList<MailAddress> to, bool isAgain, CancellationToken cancellationToken)
    {
        var deliveries = await new PatientSender(sender, clock).SendAsync(letter, to, tried => outbox.Record(id, tried), cancellationToken).ConfigureAwait(false);
        string[] sent = [.. deliveries.Where(one => one.State == DeliveryState.Sent).Select(one => one.Recipient)];
        return new MailReceipt(sent, sent.Length == deliveries.Count ? null : Failure(deliveries, sent, id, isAgain));
    }

    static string Failure(IReadOnlyList<Delivery> deliveries, string[] sent, long id, bool isAgain)
    {
        var sentences = deliveries.Where(one => one.State != DeliveryState.Sent)
            .GroupBy(one => (one.State, one.Detail))
            .OrderBy(group => group.Key.State)
            .Select(group => (string.Join(", ", group.Select(one => one.Recipient)), group.Key) switch
            {
                (var who, (DeliveryState.Refused, var why)) => $"The mail to {who} was refused: {why}",
                (var who, (_, var why)) => $"The mail to {who} was not sent. {why}",
            });

        // Of a mail that is sent again others may have got it before.
        var others = sent.Length > 0 ? $" It was sent to {string.Join(", ", sent)}." : isAgain ? "" : " Nobody got it.";
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', sentences)}{others} It is kept: 'millrace mail send {id}' sends it again.");
    }
}
