using System.Runtime.CompilerServices;

namespace Millrace.Events;

/// <summary>
/// Reads the ways in which logs write times, as microseconds since 1970 in UTC. Digits past the microsecond are cut off; the calendar
/// is checked (no 31st of April); a leap second (60) is read as the second after.
/// </summary>
static partial class TimeText
{
    /// <summary>Microseconds in a second.</summary>
    public const long MicrosPerSecond = 1_000_000;

    /// <summary>Microseconds in a day.</summary>
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>
    /// Reads <c>dd/Mon/yyyy:HH:mm:ss</c>, followed by <c> ±hhmm</c> or by nothing of a zone, from the start of a text (Apache's <c>%t</c>, nginx's <c>$time_local</c>).
    /// </summary>
    /// <param name="text">The text; more may follow.</param>
    /// <param name="zone">The zone of a stamp without one.</param>
    /// <param name="micros">UTC microseconds since 1970.</param>
    /// <param name="length">How many bytes were read.</param>
    public static bool TryReadClf(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':'
            || !TryDigits(text, 0, 2, out var day) || !TryMonth(text.Slice(3, 3), out var month) || !TryDigits(text, 7, 4, out var year)
            || !TryDate(year, month, day, out var date) || !TryTimeOfDay(text[12..], out var time))
        {
            return false;
        }

        var local = date + time;
        length = 20;
        if (text.Length >= 26 && text[20] == ' ' && TryOffset(text[21..], out var offset, out var offsetLength))
        {
            length += 1 + offsetLength;
            micros = local - offset;
        }
        else
        {
            micros = zone.ToUtc(local);
        }

        return true;
    }

    /// <summary>
    /// Reads <c>yyyy-MM-dd HH:mm:ss</c> from the start of a text: <c>T</c>, a space or <c>_</c> between date and time, <c>-</c>, <c>/</c> or <c>.</c>
    /// inside the date, a fraction after <c>.</c> or <c>,</c>, seconds and zone may be missing; a zone is <c>Z</c>, <c>±hh:mm</c>, <c>±hhmm</c> or <c>±hh</c>, after a space or not.
    /// </summary>
    /// <param name="text">The text; more may follow.</param>
    /// <param name="zone">The zone of a stamp without one.</param>
    /// <param name="micros">UTC microseconds since 1970.</param>
    /// <param name="length">How many bytes were read.</param>
    public static bool TryReadIso(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 16 || text[4] != text[7] || text[4] is not ((byte)'-' or (byte)'/' or (byte)'.')
            || text[10] is not ((byte)'T' or (byte)' ' or (byte)'t' or (byte)'_')
            || !TryDigits(text, 0, 4, out var year) || !TryDigits(text, 5, 2, out var month) || !TryDigits(text, 8, 2, out var day)
            || !TryDate(year, month, day, out var date))
        {
            return false;
        }

        if (!TryTimeWithFraction(text[11..], out var time, out var timeLength))
        {
            return false;
        }

        length = 11 + timeLength;
        micros = TakeZone(text, date + time, zone, ref length);
        return true;
    }

    /// <summary>The UTC microseconds of a local time, by the zone that stands behind it, which is read as well, or else by another one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="local">Microseconds since 1970 on the local clock.</param>
    /// <param name="zone">The zone where the text names none.</param>
    /// <param name="length">How much of the text was read.</param>
    internal static long TakeZone(ReadOnlySpan<byte> text, long local, LocalZone zone, ref int length)
    {
        if (TryZone(text[length..], out var offset, out var zoneLength))
        {
            length += zoneLength;
            return local - offset;
        }

        return zone.ToUtc(local);
    }

    /// <summary>
    /// Reads a whole text that is a count since 1970, with or without a fraction: seconds below 1e11, milliseconds below 1e14, microseconds below 1e17,
    /// else nanoseconds.
    /// </summary>
    public static bool TryReadEpoch(ReadOnlySpan<byte> text, out long micros)
    {
        var dot = text.IndexOf((byte)'.');
        if (!TryLong(dot < 0 ? text : text[..dot], out var count))
        {
            micros = 0;
            return false;
        }

        return TryReadEpoch(text, count < 100_000_000_000 ? 1_000_000_000 : count < 100_000_000_000_000 ? 1_000_000 : count < 100_000_000_000_000_000 ? 1_000 : 1, out micros);
    }

    /// <summary>Reads a whole text that is a count since 1970 in a unit that is known, with or without a fraction.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unitNanos">The unit in nanoseconds: one, a thousand, a million or a thousand million.</param>
    /// <param name="micros">UTC microseconds since 1970.</param>
    public static bool TryReadEpoch(ReadOnlySpan<byte> text, long unitNanos, out long micros)
    {
        micros = 0;
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        var scale = unitNanos / 1_000;
        if (whole.Length is 0 or > 19 || !TryLong(whole, out var count) || (scale > 0 && count > (long.MaxValue / scale) - 1))
        {
            return false;
        }

        micros = scale == 0 ? count / 1_000 : count * scale;
        return dot < 0 || TryFraction(text[(dot + 1)..], scale, ref micros);
    }

    /// <summary>Reads a whole text in any of the ways of this class; brackets around it, or only before it, are not minded.</summary>
    public static bool TryReadAny(ReadOnlySpan<byte> text, LocalZone zone, out long micros)
    {
        if (text.Length > 0 && text[0] == '[')
        {
            text = text[^1] == ']' ? text[1..^1] : text[1..];
        }

        return (TryReadIso(text, zone, out micros, out var length) && length == text.Length)
            || (TryReadClf(text, zone, out micros, out length) && length == text.Length)
            || TryReadMonthFirst(text, zone, out micros)
            || TryReadEpoch(text, out micros);
    }

    /// <summary>Microseconds since 1970 of the start of a day, if there is such a day.</summary>
    internal static bool TryDate(int year, int month, int day, out long micros)
    {
        micros = 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month)))
        {
            return false;
        }

        // Days from the civil date, with the year begun in March so that the leap day comes last.
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5 + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        micros = ((era * 146_097L) + dayOfEra - 719_468) * MicrosPerDay;
        return true;
    }

    /// <summary>Reads <c>HH:mm:ss</c>; microseconds since midnight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !TryDigits(text, 0, 2, out var hour) || !TryDigits(text, 3, 2, out var minute) || !TryDigits(text, 6, 2, out var second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        micros = ((hour * 3600L) + (minute * 60) + second) * MicrosPerSecond;
        return true;
    }

    /// <summary>Reads a fixed number of digits (at most nine).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryDigits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        if (text.Length < start + count)
        {
            return false;
        }

        for (var i = start; i < start + count; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + (int)digit;
        }

        return true;
    }

    /// <summary>Reads an English month name of three letters: 1 to 12.</summary>
    internal static bool TryMonth(ReadOnlySpan<byte> text, out int month)
    {
        month = ((text[0] | 0x20) << 16 | (text[1] | 0x20) << 8 | (text[2] | 0x20)) switch
        {
            'j' << 16 | 'a' << 8 | 'n' => 1,
            'f' << 16 | 'e' << 8 | 'b' => 2,
            'm' << 16 | 'a' << 8 | 'r' => 3,
            'a' << 16 | 'p' << 8 | 'r' => 4,
            'm' << 16 | 'a' << 8 | 'y' => 5,
            'j' << 16 | 'u' << 8 | 'n' => 6,
            'j' << 16 | 'u' << 8 | 'l' => 7,
            'a' << 16 | 'u' << 8 | 'g' => 8,
            's' << 16 | 'e' << 8 | 'p' => 9,
            'o' << 16 | 'c' << 8 | 't' => 10,
            'n' << 16 | 'o' << 8 | 'v' => 11,
            'd' << 16 | 'e' << 8 | 'c' => 12,
            _ => 0,
        };
        return month > 0;
    }

    static bool TryTimeWithFraction(ReadOnlySpan<byte> text, out long micros, out int length)
    {
        length = 8;
        if (!TryTimeOfDay(text, out micros))
        {
            length = 5;
            return text.Length >= 5 && text[2] == ':' && (text.Length == 5 || text[5] != ':')
                && TryDigits(text, 0, 2, out var hour) && TryDigits(text, 3, 2, out var minute) && hour <= 23 && minute <= 59
                && (micros = ((hour * 60L) + minute) * 60 * MicrosPerSecond) >= 0;
        }

        TakeFraction(text, ref micros, ref length);
        return true;
    }

    /// <summary>Adds the fraction that stands behind seconds, if one does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="micros">What is added to.</param>
    /// <param name="length">How much of the text was read.</param>
    internal static void TakeFraction(ReadOnlySpan<byte> text, ref long micros, ref int length)
    {
        if (text.Length > length + 1 && text[length] is (byte)'.' or (byte)',' && char.IsAsciiDigit((char)text[length + 1]))
        {
            var scale = MicrosPerSecond;
            for (length++; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
            {
                scale /= 10;
                micros += (text[length] - '0') * scale;
            }
        }
    }

    static bool TryZone(ReadOnlySpan<byte> text, out long offset, out int length)
    {
        offset = 0;
        length = 0;
        if (text.Length > 0 && text[0] is (byte)'Z' or (byte)'z')
        {
            length = 1;
            return true;
        }

        var space = text.Length > 0 && text[0] == ' ' ? 1 : 0;
        if (!TryOffset(text[space..], out offset, out length))
        {
            return false;
        }

        // " -05" could be the start of anything; after a space the zone must be written whole and stand alone.
        length += space;
        return space == 0 || (length >= 6 && (length == text.Length || !char.IsAsciiLetterOrDigit((char)text[length])));
    }

    /// <summary>Reads <c>±hh:mm</c>, <c>±hhmm</c> or <c>±hh</c> from the start of a text.</summary>
    internal static bool TryOffset(ReadOnlySpan<byte> text, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !TryDigits(text, 1, 2, out var hours) || hours > 15)
        {
            return false;
        }

        length = 3;
        var minutesAt = text.Length > 3 && text[3] == ':' ? 4 : 3;
        if (TryDigits(text, minutesAt, 2, out var minutes) && minutes <= 59)
        {
            length = minutesAt + 2;
        }
        else
        {
            minutes = 0;
        }

        micros = ((hours * 60L) + minutes) * 60 * MicrosPerSecond * (text[0] == '-' ? -1 : 1);
        return true;
    }

    static bool TryLong(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var b in digits)
        {
            var digit = (uint)(b - '0');
            if (digit > 9 || value > (long.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    static bool TryFraction(ReadOnlySpan<byte> digits, long scale, ref long micros)
    {
        foreach (var b in digits)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            scale /= 10;
            micros += (b - '0') * scale;
        }

        return digits.Length > 0;
    }
}
