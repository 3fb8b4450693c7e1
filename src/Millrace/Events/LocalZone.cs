namespace Millrace.Events;

/// <summary>
/// Turns local times of one zone into UTC. Remembers the offset of the hour asked for last, since log lines come in clusters;
/// serves one thread.
/// </summary>
/// <param name="zone">The zone of stamps that name none.</param>
sealed class LocalZone(TimeZoneInfo zone)
{
    const long MicrosPerHour = 3_600_000_000;

    readonly bool _isUtc = zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;
    long _hour = long.MinValue;
    long _offsetMicros;

    /// <summary>
    /// UTC microseconds of a local time given as microseconds since 1970 on the local clock. An hour that occurs twice is taken as
    /// standard time; one that is left out is read with the offset before the change.
    /// </summary>
    public long ToUtc(long localMicros)
    {
        if (_isUtc)
        {
            return localMicros;
        }

        var hour = Math.DivRem(localMicros, MicrosPerHour).Quotient;
        if (hour != _hour)
        {
            _hour = hour;
            _offsetMicros = (long)zone.GetUtcOffset(DateTime.SpecifyKind(DateTime.UnixEpoch.AddHours(hour), DateTimeKind.Unspecified)).TotalMicroseconds;
        }

        return localMicros - _offsetMicros;
    }
}
