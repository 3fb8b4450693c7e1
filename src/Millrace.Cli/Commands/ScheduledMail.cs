using Millrace.Events;
using Millrace.Letters;
using Millrace.Schedules;

namespace Millrace.Cli.Commands;

/// <summary>The mail of one run of a schedule.</summary>
sealed class ScheduledMail(Schedule schedule, SchedulePeriod period)
{
    const string Prefix = "schedule ";

    /// <summary>Why it is sent.</summary>
    public string Reason => ReasonOf(schedule);

    /// <summary>A period that is told again has the same.</summary>
    public string Identity => $"{Reason}, {InstantText.Format(period.Since)} to {InstantText.Format(period.End)}";

    /// <summary>What became of it; null before.</summary>
    public ScheduleOutcome? Outcome { get; private set; }

    /// <summary>Why the mails of a schedule are sent.</summary>
    public static string ReasonOf(Schedule schedule) => Prefix + schedule.Name;

    /// <summary>True where a mail with this reason is one of a schedule.</summary>
    public static bool IsReason(string reason) => reason.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>True where the schedule does not want a mail that tells no more than this.</summary>
    public bool Skips(MailContent content)
    {
        var isWanted = schedule.SendWhen switch
        {
            SendWhen.Always => true,
            SendWhen.News => content.News == MailNews.Some,
            _ => content.News != MailNews.Nothing,
        };
        Outcome = isWanted ? null : new ScheduleOutcome(ScheduleState.Nothing, content.Subject);
        return !isWanted;
    }

    /// <summary>Notes what became of it. Where some have got it, the period is told: the others get this mail later, not another one.</summary>
    public void Note(MailContent content, MailReceipt receipt) =>
        Outcome = receipt.HasReachedAnyone ? new ScheduleOutcome(ScheduleState.Sent, content.Subject, receipt.Failure) : null;
}
