using System.Globalization;
using System.Text.Json;
using Millrace.Events;

namespace Millrace.Queries.Results;

/// <summary>Timestamps as ISO 8601 in UTC.</summary>
/// <param name="ticks">Ticks of 100 ns in one unit of the stored count.</param>
/// <param name="divisor">What the stored count is divided by first, for units below a tick.</param>
sealed unsafe class TimestampReader(long ticks, long divisor) : ValueReader
{
    // 0001-01-01 and 9999-12-31.
    const long FirstDay = -719_162;
    const long LastDay = 2_932_896;

    readonly long _day = TimeSpan.TicksPerDay / ticks * divisor;

    public override string Text(int row) => ((long*)Data)[row] switch
    {
        long.MaxValue => "infinity",
        -long.MaxValue => "-infinity",
        var count => Text(DayAndTime(count)),
    };

    public override void Write(Utf8JsonWriter json, int row)
    {
        Span<byte> text = stackalloc byte[InstantText.MostBytes];
        if (TryFormat(row, text, out var length))
        {
            json.WriteStringValue(text[..length]);
        }
        else
        {
            json.WriteStringValue(Text(row));
        }
    }

    public override void Write(CsvRows csv, int row)
    {
        Span<byte> text = stackalloc byte[InstantText.MostBytes];
        if (TryFormat(row, text, out var length))
        {
            csv.WriteText(text[..length]);
        }
        else
        {
            csv.WriteText(Text(row));
        }
    }

    static string Text((long Day, long Ticks) at) =>
        $"{DateReader.Text(at.Day)}T{new TimeOnly(at.Ticks).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}Z";

    /// <summary>Formats without a string; false for what lies outside the years of .NET.</summary>
    bool TryFormat(int row, Span<byte> text, out int length)
    {
        var count = ((long*)Data)[row];
        var (day, time) = DayAndTime(count);
        var isIn = count is not (long.MaxValue or -long.MaxValue) && day is >= FirstDay and <= LastDay;
        length = isIn ? InstantText.Format(DateTimeOffset.UnixEpoch.AddTicks((day * TimeSpan.TicksPerDay) + time), text) : 0;
        return isIn;
    }

    /// <summary>The day, counted from 1970-01-01, and the ticks since its midnight.</summary>
    (long Day, long Ticks) DayAndTime(long count)
    {
        var (day, rest) = Math.DivRem(count, _day);
        (day, rest) = rest < 0 ? (day - 1, rest + _day) : (day, rest);
        return (day, rest / divisor * ticks);
    }
}

/// <summary>Dates as ISO 8601, which counts a year 0 and years before it.</summary>
sealed unsafe class DateReader : ValueReader
{
    const int DaysOf400Years = 146_097;

    public override string Text(int row) => ((int*)Data)[row] switch
    {
        int.MaxValue => "infinity",
        -int.MaxValue => "-infinity",
        var days => Text((long)days),
    };

    /// <summary>The date of a day counted from 1970-01-01; DuckDB has more years than .NET, but the calendar repeats.</summary>
    public static string Text(long days)
    {
        var (cycle, day) = Math.DivRem(days, DaysOf400Years);
        (cycle, day) = day < 0 ? (cycle - 1, day + DaysOf400Years) : (cycle, day);
        var date = DateTime.UnixEpoch.AddDays(day);
        return $"{(date.Year + (cycle * 400)).ToString("0000", CultureInfo.InvariantCulture)}-{date.ToString("MM-dd", CultureInfo.InvariantCulture)}";
    }
}

/// <summary>Times of day, of which DuckDB has one more than .NET: 24:00:00.</summary>
sealed unsafe class TimeReader : ValueReader
{
    public override string Text(int row)
    {
        var ticks = ((long*)Data)[row] * TimeSpan.TicksPerMicrosecond;
        return ticks == TimeSpan.TicksPerDay ? "24:00:00" : new TimeOnly(ticks).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
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
