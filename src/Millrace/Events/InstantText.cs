using System.Globalization;
using System.Text;

namespace Millrace.Events;

/// <summary>Reads the points in time that users write on the command line and in SQL.</summary>
public static class InstantText
{
    /// <summary>The most bytes that a formatted instant has.</summary>
    public const int MostBytes = 27;

    const string Iso = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    static readonly string[] TimesOfDay = ["H:mm", "H:mm:ss"];

    /// <summary>
    /// Reads <c>now</c>, a time back from now (<c>90s</c>, <c>24h</c>, <c>1h30m</c>, <c>7d</c>), <c>today</c>, <c>yesterday</c>, a time of day (<c>10:00</c>, the
    /// latest one that is not after now), a date, or an ISO 8601 time. A day means its start, or, for an end of a range, its last microsecond.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="name">The option it was written for, for messages.</param>
    /// <param name="zone">The zone of times that name none; UTC where it is null.</param>
    /// <param name="now">What relative times count back from; null where they are not allowed.</param>
    /// <param name="isEnd">True for the end of a range.</param>
    /// <exception cref="UserException">The text is none of these.</exception>
    public static DateTimeOffset Parse(string text, string name, TimeZoneInfo? zone = null, DateTimeOffset? now = null, bool isEnd = false) =>
        TryRead(text.Trim(), zone ?? TimeZoneInfo.Utc, now, isEnd) ?? throw NotATime(text, name, now is null ? "" : ", today, yesterday, or 10:00");

    /// <summary>The same for the start of a range that may have none: null for <c>all</c>.</summary>
    public static DateTimeOffset? ParseStart(string text, string name, TimeZoneInfo? zone, DateTimeOffset now) =>
        text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase)
            ? null
            : TryRead(text.Trim(), zone ?? TimeZoneInfo.Utc, now, isEnd: false) ?? throw NotATime(text, name, ", today, yesterday, 10:00, or all");

    /// <summary>The instant of microseconds since 1970.</summary>
    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>ISO 8601 with <c>T</c> and <c>Z</c>; fractions only where there are any.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture);

    /// <summary>The same as UTF-8, into at least <see cref="MostBytes"/>. Returns how many were written.</summary>
    public static int Format(DateTimeOffset instant, Span<byte> destination)
    {
        instant.UtcDateTime.TryFormat(destination, out var written, Iso, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>The same, cut to the second, for people to read.</summary>
    public static string FormatSeconds(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static long Micros(DateOnly date) => (date.ToDateTime(TimeOnly.MinValue).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>True for a time of day without a date, such as <c>22:00</c>.</summary>
    internal static bool IsTimeOfDay(string text) => TryReadTimeOfDay(text.Trim(), out _);

    static DateTimeOffset? TryRead(string text, TimeZoneInfo zone, DateTimeOffset? now, bool isEnd)
    {
        var local = new LocalZone(zone);
        if (now is { } reference && TryReadRelative(text, zone, local, reference, isEnd) is { } relative)
        {
            return relative;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return DayAt(date, local, isEnd);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return TimeText.TryReadIso(bytes, local, out var micros, out var length) && length == bytes.Length ? FromMicros(micros) : null;
    }

    static DateTimeOffset? TryReadRelative(string text, TimeZoneInfo zone, LocalZone local, DateTimeOffset now, bool isEnd)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return text.ToLowerInvariant() switch
        {
            "now" => now,
            "today" => DayAt(today, local, isEnd),
            "yesterday" => DayAt(today.AddDays(-1), local, isEnd),
            _ when TimeBack.TryRead(text, now, out var back) => back,
            _ when TryReadTimeOfDay(text, out var time) => At(today, time) is var instant && instant <= now ? instant : At(today.AddDays(-1), time),
            _ => null,
        };

        DateTimeOffset At(DateOnly date, TimeOnly time) => FromMicros(local.ToUtc(Micros(date) + (time.Ticks / TimeSpan.TicksPerMicrosecond)));
    }

    static bool TryReadTimeOfDay(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, TimesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    static DateTimeOffset DayAt(DateOnly date, LocalZone local, bool isEnd) =>
        isEnd ? FromMicros(local.ToUtc(Micros(date.AddDays(1)))).AddMicroseconds(-1) : FromMicros(local.ToUtc(Micros(date)));

    static UserException NotATime(string text, string name, string relative)
    {
        var expected = relative.Length == 0
            ? "a date (2026-11-22) or a time (2026-11-22T10:00:00Z)"
            : $"a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m){relative}";
        return new($"'{text}' is not a time for {name}. Expected {expected}.", UserException.Usage);
    }
}
