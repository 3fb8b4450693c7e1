namespace Millrace.Events;

/// <summary>Finds time zones by what users write.</summary>
public static class TimeZones
{
    /// <summary>The zone of an IANA name, <c>UTC</c>, <c>local</c>, or an offset such as <c>+02:00</c>. Throws a <see cref="UserException"/> where there is none.</summary>
    public static TimeZoneInfo Find(string text)
    {
        if (text.Equals("utc", StringComparison.OrdinalIgnoreCase) || text == "Z")
        {
            return TimeZoneInfo.Utc;
        }

        if (text.Equals("local", StringComparison.OrdinalIgnoreCase))
        {
            return TimeZoneInfo.Local;
        }

        if (text is ['+' or '-', ..] && TimeSpan.TryParse(text[1..], out var offset) && offset < TimeSpan.FromHours(14.01))
        {
            return TimeZoneInfo.CreateCustomTimeZone(text, text[0] == '-' ? -offset : offset, text, text);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? zone
            : throw new UserException($"The time zone '{text}' is not known. Expected an IANA name such as Europe/Berlin, UTC, local, or an offset such as +02:00.", UserException.Usage);
    }
}
