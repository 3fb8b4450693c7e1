using System.Globalization;
using System.Text;

namespace Millrace.Events;

/// <summary>Reads the points in time that users write on the command line and in SQL.</summary>
public static class InstantText
{
    /// <summary>The most bytes that a formatted instant has.</summary>
    public const int MostBytes = 27;

    const string Iso = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <summary>
    /// Reads <c>now</c>, a time back from now (<c>90s</c>, <c>15m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c>), a date, or an ISO 8601 time. A date alone means its start, or, for
    /// an end of a range, its last microsecond.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="name">The option it was written for, for messages.</param>
    /// <param name="zone">The zone of times that name none; UTC where it is null.</param>
    /// <param name="now">What relative times count back from; null where they are not allowed.</param>
    /// <param name="isEnd">True for the end of a range.</param>
    /// <exception cref="UserException">The text is none of these.</exception>
    public static DateTimeOffset Parse(string text, string name, TimeZoneInfo? zone = null, DateTimeOffset? now = null, bool isEnd = false)
    {
        var trimmed = text.Trim();
        var local = new LocalZone(zone ?? TimeZoneInfo.Utc);
        if (now is { } reference && TryRelative(trimmed, reference, out var instant))
        {
            return instant;
        }

        if (DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var start = FromMicros(local.ToUtc(Micros(date)));
            return isEnd ? FromMicros(local.ToUtc(Micros(date.AddDays(1)))).AddMicroseconds(-1) : start;
        }

        var bytes = Encoding.UTF8.GetBytes(trimmed);
        if (TimeText.TryReadIso(bytes, local, out var micros, out var length) && length == bytes.Length)
        {
            return FromMicros(micros);
        }

        throw new UserException(
            $"'{text}' is not a time for {name}. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z){(now is null ? "" : ", or a time back from now (15m, 24h, 7d)")}.",
            UserException.Usage);
    }

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

    static bool TryRelative(string text, DateTimeOffset now, out DateTimeOffset instant)
    {
        instant = now;
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || count > 100_000)
        {
            return false;
        }

        instant = now - (unit * count);
        return true;
    }
}
