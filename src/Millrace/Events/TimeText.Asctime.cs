namespace Millrace.Events;

static partial class TimeText
{
    /// <summary>Reads <c>Sun Nov 22 10:00:00 2026</c>, with or without a fraction of the second, from the start of a text (C's asctime, Apache's error log). The day may have one digit.</summary>
    internal static bool TryReadAsctime(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 24 || text[3] != ' ' || text[7] != ' ' || !TryMonth(text.Slice(4, 3), out var month))
        {
            return false;
        }

        var day = text[8] - '0';
        var at = 10;
        if (text[8] == ' ' ? !TryDigits(text, 9, 1, out day) : text[9] != ' ' && !TryDigits(text, 8, 2, out day))
        {
            return false;
        }

        at = text[8] != ' ' && text[9] == ' ' ? 9 : at;
        if (text[at] != ' ' || !TryTimeWithFraction(text[(at + 1)..], out var time, out var timeLength))
        {
            return false;
        }

        var yearAt = at + 1 + timeLength;
        if (text.Length < yearAt + 5 || text[yearAt] != ' ' || !TryDigits(text, yearAt + 1, 4, out var year) || !TryDate(year, month, day, out var date))
        {
            return false;
        }

        micros = zone.ToUtc(date + time);
        length = yearAt + 5;
        return true;
    }
}
