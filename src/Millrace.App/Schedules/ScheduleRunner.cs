namespace Millrace.App.Schedules;

/// <summary>
/// Runs schedules. A period begins exactly where the last one that was covered ended: a late run covers what it missed, once, and a run that failed is made good by the next. Where the process dies
/// between a mail and its note in the history, the period is told again, by a mail with the same identity.
/// </summary>
/// <param name="history">Which periods were covered.</param>
/// <param name="clock">The time.</param>
public sealed class ScheduleRunner(ScheduleHistory history, TimeProvider clock)
{
    /// <summary>What is due: from where the last period ended to the last time of the schedule. Null where that was covered. The first period of a schedule begins at its time before.</summary>
    public SchedulePeriod? Due(Schedule schedule) => schedule.LastUntil(clock.GetUtcNow()) is { } end ? From(schedule, end) : null;

    /// <summary>Runs what is due. Returns null where nothing is. What fails is noted and thrown on.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="untilNow">Covers what has passed up to now, not only up to the last time of the schedule.</param>
    /// <param name="runAsync">Runs the report over a period, and mails it.</param>
    public async Task<ScheduleOutcome?> RunAsync(Schedule schedule, bool untilNow, Func<SchedulePeriod, Task<ScheduleOutcome>> runAsync)
    {
        using var hold = history.Lock(schedule.Name);
        if ((untilNow ? From(schedule, clock.GetUtcNow()) : Due(schedule)) is not { } period)
        {
            return null;
        }

        var id = history.Begin(schedule.Name, period);
        try
        {
            var outcome = await runAsync(period).ConfigureAwait(false);
            history.End(id, outcome);
            return outcome;
        }
        catch (Exception e)
        {
            history.End(id, new ScheduleOutcome(ScheduleState.Failed, e is OperationCanceledException ? "It was stopped." : e.Message));
            throw;
        }
    }

    SchedulePeriod? From(Schedule schedule, DateTimeOffset end)
    {
        // Instants are counted in microseconds.
        end = new DateTimeOffset(end.Ticks - (end.Ticks % TimeSpan.TicksPerMicrosecond), end.Offset);
        var since = history.NextSince(schedule.Name) ?? schedule.LastUntil(end.AddTicks(-1)) ?? end.AddDays(-1);
        return since < end ? new SchedulePeriod(since, end) : null;
    }
}
