namespace Millrace.Events;

/// <summary>
/// Finds the year of times that are written without one: the latest year in which the time is not later than a day after "now", since logs are of the
/// past and clocks differ. Where it is not known what "now" is, the year is 2000.
/// </summary>
/// <param name="asOf">What is "now".</param>
/// <param name="zone">The zone of the times.</param>
sealed class YearlessTime(DateTimeOffset asOf, LocalZone zone)
{
    // From one 29th of February to the next one are at most eight years.
    const int MostYears = 8;

    readonly int _lastYear = asOf == default ? 2000 : asOf.UtcDateTime.AddDays(1).Year;
    readonly long _latest = asOf == default ? long.MaxValue : (asOf.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond + TimeText.MicrosPerDay;

    /// <summary>UTC microseconds of a local time; false where there is no such day.</summary>
    public bool TryFind(int month, int day, long microsOfDay, out long micros)
    {
        for (var year = _lastYear; year >= _lastYear - MostYears; year--)
        {
            if (TimeText.TryDate(year, month, day, out var date) && zone.ToUtc(date + microsOfDay) is var found && found <= _latest)
            {
                micros = found;
                return true;
            }
        }

        micros = 0;
        return false;
    }
}
