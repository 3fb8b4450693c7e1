namespace Millrace.Tests.Mail;

/// <summary>A clock that stands still and whose pauses take no time.</summary>
sealed class ImpatientClock : TimeProvider
{
    /// <summary>How many pauses were made.</summary>
    public int Pauses { get; private set; }

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses++;
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
