namespace Millrace.Tests.Letters;

/// <summary>A clock that stands still unless it is set, and whose pauses take no time.</summary>
sealed class ImpatientClock : TimeProvider
{
    /// <summary>How many pauses were made.</summary>
    public int Pauses { get; private set; }

    /// <summary>What happens when a pause begins.</summary>
    public Action Paused { get; set; } = static () => { };

    /// <summary>How far it was set on.</summary>
    public TimeSpan Passed { get; set; }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) + Passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses++;
        Paused();
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
