using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>Sends letters by some way, and tries what may pass four times, with growing, jittered pauses.</summary>
/// <param name="sender">The way.</param>
/// <param name="clock">What pauses are counted by.</param>
sealed class PatientSender(IMailSender sender, TimeProvider clock)
{
    const int Attempts = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends a letter to some of its recipients. What became of it is told after each attempt, and at last whole.</summary>
    public async Task<IReadOnlyList<Delivery>> SendAsync(Letter letter, IReadOnlyList<MailAddress> recipients, Action<IReadOnlyList<Delivery>> tried, CancellationToken cancellationToken)
    {
        var settled = new List<Delivery>();
        for (var attempt = 1; ; attempt++)
        {
            var deliveries = await sender.TryAsync(letter, recipients, cancellationToken).ConfigureAwait(false);
            tried(deliveries);
            settled.AddRange(deliveries.Where(one => !one.MayPass));
            Delivery[] passing = [.. deliveries.Where(one => one.MayPass)];
            if (passing.Length == 0 || attempt == Attempts)
            {
                return [.. settled, .. passing];
            }

            recipients = [.. recipients.Where(one => passing.Any(failed => failed.Recipient == one.Address))];
            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
