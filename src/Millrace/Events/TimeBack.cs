using System.Globalization;

namespace Millrace.Events;

/// <summary>Times back from now: <c>90s</c>, <c>15m</c>, <c>1.5h</c>, <c>1h30m</c>, <c>2d12h</c>, <c>2w</c>; the larger unit stands first.</summary>
static class TimeBack
{
    const double MostOfAUnit = 100_000;

    /// <summary>False for what is no such time, or reaches back too far.</summary>
    public static bool TryRead(string text, DateTimeOffset now, out DateTimeOffset instant)
    {
        instant = now;
        var back = TimeSpan.Zero;
        var before = TimeSpan.MaxValue;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOfAny("smhdw");
            var unit = end < 1 ? before : UnitOf(rest[end]);
            if (unit >= before
                || !double.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                || count > MostOfAUnit)
            {
                return false;
            }

            back += unit * count;
            before = unit;
            rest = rest[(end + 1)..];
        }

        if (text.Length == 0 || back > now - DateTimeOffset.MinValue)
        {
            return false;
        }

        instant = now - back;
        return true;
    }

    static TimeSpan UnitOf(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };
}
