namespace Millrace.Generation.Tasks;

/// <summary>When each iteration of a task happens.</summary>
/// <param name="Start">The first iteration.</param>
/// <param name="Step">From one iteration to the next.</param>
/// <param name="IsRealTime">True where the original waits for each step.</param>
sealed record TaskTimer(DateTimeOffset Start, TimeSpan Step, bool IsRealTime)
{
    const long MillisPerCentury = 3_155_760_000_000;

    public static TaskTimer Read(TaskNode task, long iterations)
    {
        var node = task.Object("timer");
        var kind = node.Text("@type");
        var step = kind switch
        {
            "synthetic" => node.Whole("stepMillis", 0, MillisPerCentury),
            "realtime" => node.Whole("rateMillis", 0, MillisPerCentury),
            _ => throw node.Wrong("@type", $"is '{kind}'; expected synthetic or realtime"),
        };
        var start = node.Instant("startTime");
        var centuryBeforeTheEndOfTime = DateTimeOffset.MaxValue.AddYears(-100);
        return start < centuryBeforeTheEndOfTime && (double)step * iterations < (centuryBeforeTheEndOfTime - start).TotalMilliseconds
            ? new TaskTimer(start, TimeSpan.FromMilliseconds(step), kind == "realtime")
            : throw node.Wrong("startTime", "with that many iterations leads past the year 9899");
    }

    public DateTimeOffset At(long iteration) => Start + (Step * iteration);
}

/// <summary>Waits as a realtime timer asks.</summary>
/// <param name="clock">What waits; null to go on at once.</param>
sealed class TaskPace(TimeProvider? clock)
{
    readonly long _begin = clock?.GetTimestamp() ?? 0;

    /// <summary>Waits until an iteration is due, counted from the beginning of the run, so that slow work does not add up.</summary>
    public async ValueTask WaitAsync(TaskTimer timer, long iteration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (clock is null || !timer.IsRealTime)
        {
            return;
        }

        var due = (timer.Step * iteration) - clock.GetElapsedTime(_begin);
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due, clock, cancellationToken);
        }
    }
}
