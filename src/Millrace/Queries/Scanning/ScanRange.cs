namespace Millrace.Queries.Scanning;

/// <summary>Which events a scan gives: since &lt;= timestamp &lt;= until, in microseconds since 1970. A bound that is null does not bind.</summary>
/// <param name="Since">The earliest timestamp.</param>
/// <param name="Until">The latest timestamp.</param>
public readonly record struct ScanRange(long? Since, long? Until)
{
    /// <summary>True where events are left out.</summary>
    public bool IsBound => Since is not null || Until is not null;

    /// <summary>Microseconds since 1970 of an instant.</summary>
    public static long Micros(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
