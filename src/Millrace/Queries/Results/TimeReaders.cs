using System.Globalization;

namespace Millrace.Queries.Results;

/// <summary>Timestamps as ISO 8601 in UTC.</summary>
/// <param name="ticks">Ticks of 100 ns in one unit of the stored count.</param>
/// <param name="divisor">What the stored count is divided by first, for units below a tick.</param>
sealed unsafe class TimestampReader(long ticks, long divisor) : ValueReader
{
    public override string Text(int row)
    {
        var count = ((long*)Data)[row];
        return count switch
        {
            long.MaxValue => "infinity",
            -long.MaxValue => "-infinity",
            _ => DateTime.UnixEpoch.AddTicks(count / divisor * ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>Intervals as months, days and a time: <c>1 month 2 days 03:04:05.5</c>.</summary>
sealed unsafe class IntervalReader : ValueReader
{
    const int Size = 16;

    public override string Text(int row)
    {
        var entry = Data + ((long)row * Size);
        var (months, days, micros) = (((int*)entry)[0], ((int*)entry)[1], ((long*)entry)[1]);
        var parts = new List<string>();
        AddCount(parts, months, "month");
        AddCount(parts, days, "day");
        if (micros != 0 || parts.Count == 0)
        {
            var time = TimeSpan.FromTicks(Math.Abs(micros) * TimeSpan.TicksPerMicrosecond);
            parts.Add($"{(micros < 0 ? "-" : "")}{(long)time.TotalHours:00}:{time.ToString(@"mm\:ss\.FFFFFF", CultureInfo.InvariantCulture).TrimEnd('.')}");
        }

        return string.Join(' ', parts);
    }

    static void AddCount(List<string> parts, int count, string unit)
    {
        if (count != 0)
        {
            parts.Add($"{count.ToString(CultureInfo.InvariantCulture)} {unit}{(Math.Abs(count) == 1 ? "" : "s")}");
        }
    }
}
