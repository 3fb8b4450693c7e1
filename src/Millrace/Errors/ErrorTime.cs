namespace Millrace.Errors;

/// <summary>Instants as errors are counted by: microseconds since 1970 (UTC), and hours of them.</summary>
static class ErrorTime
{
    public const long MicrosPerHour = 3_600_000_000;
    public const int HoursPerDay = 24;

    public static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The whole hour that an instant lies in, also before 1970.</summary>
    public static long HourOf(long micros) => Math.DivRem(micros, MicrosPerHour) is var (hour, rest) && rest < 0 ? hour - 1 : hour;

    /// <summary>The day that an hour lies in.</summary>
    public static long DayOf(long hour) => Math.DivRem(hour, HoursPerDay) is var (day, rest) && rest < 0 ? day - 1 : day;
}
