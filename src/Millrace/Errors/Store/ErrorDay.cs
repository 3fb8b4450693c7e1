namespace Millrace.Errors.Store;

/// <summary>A day on which a source has events, errors or not: how far back the time before can be compared with.</summary>
/// <param name="Day">The day, counted from 1970 (UTC).</param>
/// <param name="Hours">Its hours with events: the lowest bit for the first.</param>
public readonly record struct ErrorDay(long Day, int Hours)
{
    /// <summary>The first hour with events from an hour on, counted from 1970; null where there is none on this day.</summary>
    public long? FirstFrom(long hour)
    {
        var start = Day * ErrorTime.HoursPerDay;
        var left = hour <= start ? Hours : hour - start >= ErrorTime.HoursPerDay ? 0 : Hours >> (int)(hour - start) << (int)(hour - start);
        return left == 0 ? null : start + System.Numerics.BitOperations.TrailingZeroCount(left);
    }
}
