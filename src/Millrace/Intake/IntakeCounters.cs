namespace Millrace.Intake;

/// <summary>How an intake is doing; safe to read while it runs.</summary>
/// <param name="clock">Says how long items have been waiting.</param>
public class IntakeCounters(TimeProvider clock)
{
    readonly Lock _lock = new();
    readonly SortedDictionary<DateTimeOffset, int> _waiting = [];
    long _retries;
    long _failures;

    /// <summary>Attempts that had to be repeated.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Failures to receive, such as of a queue that does not answer.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How many items wait to be taken in.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Values.Sum();
            }
        }
    }

    /// <summary>How long the oldest of them has been waiting.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0 ? TimeSpan.Zero : clock.GetUtcNow() - _waiting.First().Key;
            }
        }
    }

    /// <summary>Notes that attempts are repeated.</summary>
    public void AddRetries(long count = 1) => Interlocked.Add(ref _retries, count);

    internal void AddFailure() => Interlocked.Increment(ref _failures);

    internal void Arrived(DateTimeOffset since) => Change(since, 1);

    internal void Done(DateTimeOffset since) => Change(since, -1);

    void Change(DateTimeOffset since, int by)
    {
        lock (_lock)
        {
            var count = _waiting.GetValueOrDefault(since) + by;
            if (count > 0)
            {
                _waiting[since] = count;
            }
            else
            {
                _waiting.Remove(since);
            }
        }
    }
}
