namespace Millrace.Events;

/// <summary>A range as users write it: where it begins and where it ends, each in the words of <see cref="InstantText"/>.</summary>
/// <param name="Since">Its earliest time; null where it has none.</param>
/// <param name="Until">Its latest time; null where it has none.</param>
/// <param name="IsAll">True where the user asked for all there is, rather than said nothing of where it begins.</param>
public readonly record struct RangeText(DateTimeOffset? Since, DateTimeOffset? Until, bool IsAll)
{
    /// <summary>
    /// Reads both ends. A time of day that begins a range is the latest one not after its end: <c>22:00</c> to <c>02:00</c> is the latest such night that is
    /// over.
    /// </summary>
    /// <param name="since">What was written for the beginning, also <c>all</c>; null where nothing was.</param>
    /// <param name="until">What was written for the end; null where nothing was.</param>
    /// <param name="zone">The zone of times that name none; UTC where it is null.</param>
    /// <param name="now">What relative times count back from.</param>
    /// <param name="end">The end where none was written.</param>
    /// <param name="sinceName">What the beginning is called in messages.</param>
    /// <param name="untilName">What the end is called in messages.</param>
    /// <exception cref="UserException">One of them is not a time, or the range ends before it begins.</exception>
    public static RangeText Parse(
        string? since,
        string? until,
        TimeZoneInfo? zone,
        DateTimeOffset now,
        DateTimeOffset? end = null,
        string sinceName = "--since",
        string untilName = "--until")
    {
        var last = until is null ? end : InstantText.Parse(until, untilName, zone, now, isEnd: true);
        var first = since is null ? null : InstantText.ParseStart(since, sinceName, zone, now);
        if (first > last && InstantText.IsTimeOfDay(since!))
        {
            first = InstantText.ParseStart(since!, sinceName, zone, last.Value);
        }

        if (first > last)
        {
            var range = $"{InstantText.Format(first.Value)} to {InstantText.Format(last.Value)}";
            throw new UserException($"The range ends before it begins: {range}.", UserException.Usage);
        }

        return new RangeText(first, last, IsAll: since is not null && first is null);
    }
}
