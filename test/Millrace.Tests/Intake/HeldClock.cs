using System.Collections.Concurrent;

namespace Millrace.Tests.Intake;

/// <summary>A clock whose pauses last until the test ends them.</summary>
sealed class HeldClock(Signal signal) : TimeProvider
{
    readonly ConcurrentQueue<Action> _held = new();

    /// <summary>How long the pauses that have begun are.</summary>
    public ConcurrentQueue<TimeSpan> Held { get; } = new();

    public void Fire()
    {
        while (_held.TryDequeue(out var callback))
        {
            callback();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    void Hold(Action callback, TimeSpan dueTime)
    {
        _held.Enqueue(callback);
        Held.Enqueue(dueTime);
        signal.Set();
    }

    sealed class HeldTimer(HeldClock clock, Action callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Hold(callback, dueTime);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
