using Millrace.App.Mailing;
using Millrace.App.Reading;
using Millrace.App.Runs;
using Millrace.Events;
using Millrace.Letters;

namespace Millrace.App.Schedules;

/// <summary>Runs schedules and mails what they found: whoever calls it decides how often that is looked at.</summary>
/// <param name="workplace">Where they run.</param>
/// <param name="listener">Hears of it.</param>
public sealed class ScheduledRuns(Workplace workplace, RunListener listener)
{
    const string Prefix = "schedule ";

    readonly MailOffice _mail = workplace.Mail("Schedules send mail");
    readonly ScheduleRunner _runner = new(workplace.History, workplace.Clock);

    /// <summary>True where a mail with this reason is one of a schedule.</summary>
    public static bool IsReason(string reason) => reason.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What is due; null where nothing is.</summary>
    public SchedulePeriod? Due(Schedule schedule) => _runner.Due(schedule);

    /// <summary>
    /// Runs what is due of a schedule and mails it, after bringing earlier mails to those for whom they failed. A run that fails is mailed too, once for each
    /// failure, and leaves its period to the next.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="untilNow">True to cover what has passed up to now as well.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it ended; null where nothing was due.</returns>
    /// <exception cref="UserException">The run failed, or nobody got its mail.</exception>
    public async Task<ScheduleOutcome?> RunAsync(Schedule schedule, bool untilNow, CancellationToken cancellationToken)
    {
        var late = await ResendAsync(schedule, cancellationToken).ConfigureAwait(false);
        var outcome = await _runner.RunAsync(schedule, untilNow, period => RunAsync(schedule, period, cancellationToken)).ConfigureAwait(false);
        return late is null ? outcome : (outcome ?? new ScheduleOutcome(ScheduleState.Nothing, "Nothing was due.")) with { Failure = late };
    }

    /// <summary>Brings mails of earlier runs, which reached some, to those for whom they failed. Returns what failed again.</summary>
    async Task<string?> ResendAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        string? failure = null;
        foreach (var (subject, receipt) in await _mail.Room.ResendHalfSentAsync(ReasonOf(schedule), cancellationToken).ConfigureAwait(false))
        {
            if (receipt.Failure is null)
            {
                listener.Say($"Mailed '{subject}' to {string.Join(", ", receipt.Sent)} as well.");
            }

            failure = receipt.Failure ?? failure;
        }

        return failure;
    }

    async Task<ScheduleOutcome> RunAsync(Schedule schedule, SchedulePeriod period, CancellationToken cancellationToken)
    {
        RunOutcome found;
        try
        {
            found = await workplace.RunAsync(schedule.Request.Within(InstantText.Format(period.Since), InstantText.Format(period.Until)), listener, cancellationToken).ConfigureAwait(false);
        }
        catch (UserException e)
        {
            await MailFailureAsync(schedule, period, e, cancellationToken).ConfigureAwait(false);
            throw;
        }

        await using (found.ConfigureAwait(false))
        {
            var content = _mail.Compose(found);
            if (IsWanted(schedule, content))
            {
                return await MailAsync(schedule, period, content, cancellationToken).ConfigureAwait(false);
            }

            listener.Say($"Nothing was mailed: {content.Subject}.");
            return new ScheduleOutcome(ScheduleState.Nothing, content.Subject);
        }
    }

    /// <summary>Where some get the mail, the period is covered: the others get this mail later, not another one.</summary>
    async Task<ScheduleOutcome> MailAsync(Schedule schedule, SchedulePeriod period, MailContent content, CancellationToken cancellationToken)
    {
        var receipt = await _mail.Room.DeliverAsync(content, MailAddresses.Parse(schedule.To, "mailTo"), ReasonOf(schedule), IdentityOf(schedule, period), cancellationToken).ConfigureAwait(false);
        if (!receipt.HasReachedAnyone)
        {
            throw new UserException(receipt.Failure!);
        }

        listener.Say($"Mailed '{content.Subject}' to {string.Join(", ", receipt.Sent)}.");
        return new ScheduleOutcome(ScheduleState.Sent, content.Subject, receipt.Failure);
    }

    /// <summary>Tells those who wait for the mail that there is none, and why; not again while the same goes on failing.</summary>
    async Task MailFailureAsync(Schedule schedule, SchedulePeriod period, UserException failure, CancellationToken cancellationToken)
    {
        if (workplace.History.List(schedule.Name).FirstOrDefault(run => run.State != ScheduleState.Running) is { State: ScheduleState.Failed } last && last.Detail == failure.Message)
        {
            return;
        }

        var content = _mail.Composer.Compose(new FailedRun(schedule.Name, period.Since, period.Until, failure.Message), _mail.Frame(schedule.Request, period.Since, period.Until));
        var receipt = await _mail.Room.DeliverAsync(
            content, MailAddresses.Parse(schedule.To, "mailTo"), ReasonOf(schedule), $"{IdentityOf(schedule, period)}, {failure.Message}", cancellationToken).ConfigureAwait(false);
        if (!receipt.HasReachedAnyone)
        {
            // What is noted is then not the failure alone, so that the next run tells it again.
            throw new UserException($"{failure.Message} Nobody was told: {receipt.Failure}", failure.ExitCode, failure);
        }

        listener.Say(receipt.Failure ?? $"Mailed '{content.Subject}' to {string.Join(", ", receipt.Sent)}.");
    }

    static bool IsWanted(Schedule schedule, MailContent content) => schedule.SendWhen switch
    {
        SendWhen.Always => true,
        SendWhen.News => content.News == MailNews.Some,
        _ => content.News != MailNews.Nothing,
    };

    static string ReasonOf(Schedule schedule) => Prefix + schedule.Name;

    /// <summary>A period that is told again has the same.</summary>
    static string IdentityOf(Schedule schedule, SchedulePeriod period) => $"{ReasonOf(schedule)}, {InstantText.Format(period.Since)} to {InstantText.Format(period.End)}";
}
