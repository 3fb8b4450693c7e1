namespace Millrace.Events;

static partial class TimeText
{
    /// <summary>Reads <c>yy/MM/dd HH:mm:ss</c> with or without a fraction from the start of a text (Spark). Years from 69 are of the last century.</summary>
    internal static bool TryReadShort(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        return text.Length >= 17 && text[2] == '/' && text[5] == '/' && text[8] == ' '
            && TryDigits(text, 0, 2, out var year) && TryDigits(text, 3, 2, out var month) && TryDigits(text, 6, 2, out var day)
            && TryDate(Century(year), month, day, out var date)
            && TryLocal(text, date, 9, zone, out micros, out length);
    }

    /// <summary>Reads <c>dd-Mon-yyyy HH:mm:ss</c> with or without a fraction from the start of a text (Tomcat, PHP).</summary>
    internal static bool TryReadDayMonthYear(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        return text.Length >= 20 && text[2] == '-' && text[6] == '-' && text[11] == ' '
            && TryDigits(text, 0, 2, out var day) && TryMonth(text.Slice(3, 3), out var month) && TryDigits(text, 7, 4, out var year)
            && TryDate(year, month, day, out var date)
            && TryLocal(text, date, 12, zone, out micros, out length);
    }

    /// <summary>Reads <c>yyMMdd HHmmss</c> from the start of a text (HDFS).</summary>
    internal static bool TryReadCompact(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        micros = 0;
        length = 13;
        if (text.Length < 13 || text[6] != ' '
            || !TryDigits(text, 0, 2, out var year) || !TryDigits(text, 2, 2, out var month) || !TryDigits(text, 4, 2, out var day)
            || !TryDigits(text, 7, 2, out var hour) || !TryDigits(text, 9, 2, out var minute) || !TryDigits(text, 11, 2, out var second)
            || hour > 23 || minute > 59 || second > 60 || !TryDate(Century(year), month, day, out var date))
        {
            return false;
        }

        micros = zone.ToUtc(date + (((hour * 3600L) + (minute * 60) + second) * MicrosPerSecond));
        return true;
    }

    /// <summary>Reads <c>HH:mm:ss</c> with or without a fraction from the start of a text: a time of no known day.</summary>
    internal static bool TryReadClock(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        return text.Length >= 8 && text[5] == ':' && TryTimeWithFraction(text, out _, out length);
    }

    static bool TryLocal(ReadOnlySpan<byte> text, long date, int timeAt, LocalZone zone, out long micros, out int length)
    {
        length = 0;
        micros = 0;
        if (text[timeAt + 5] != ':' || !TryTimeWithFraction(text[timeAt..], out var time, out var timeLength))
        {
            return false;
        }

        length = timeAt + timeLength;
        micros = zone.ToUtc(date + time);
        return true;
    }

    static int Century(int year) => year < 69 ? 2000 + year : 1900 + year;
}
