namespace Millrace.Events;

static partial class TimeText
{
    /// <summary>Reads a whole text <c>MM/dd/yyyy:HH:mm:ss</c>, with or without <c> ±hhmm</c> (cPanel). The colon before the hour tells it from dates that begin with the day.</summary>
    internal static bool TryReadMonthFirst(ReadOnlySpan<byte> text, LocalZone zone, out long micros)
    {
        micros = 0;
        if (text.Length < 19 || text[2] != '/' || text[5] != '/' || text[10] != ':'
            || !TryDigits(text, 0, 2, out var month) || !TryDigits(text, 3, 2, out var day) || !TryDigits(text, 6, 4, out var year)
            || !TryDate(year, month, day, out var date) || !TryTimeOfDay(text[11..], out var time))
        {
            return false;
        }

        if (text.Length == 19)
        {
            micros = zone.ToUtc(date + time);
            return true;
        }

        micros = date + time;
        if (text[19] != ' ' || !TryOffset(text[20..], out var offset, out var length) || length != text.Length - 20)
        {
            return false;
        }

        micros -= offset;
        return true;
    }
}
