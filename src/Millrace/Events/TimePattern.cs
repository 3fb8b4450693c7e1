using System.Text;

namespace Millrace.Events;

/// <summary>
/// A way of writing times, in the letters of C's <c>strftime</c> (POSIX), compiled once. A text is read from its start for as long as the pattern goes, so that what follows
/// needs no separator of its own. Immutable.
/// </summary>
sealed partial class TimePattern
{
    readonly Part[] _parts;
    readonly bool _isIso;

    TimePattern(string text, Part[] parts, bool isIso = false)
    {
        Text = text;
        _parts = parts;
        _isIso = isIso;
    }

    /// <summary>An ISO 8601 time whose zone, if it has one, stands directly behind it.</summary>
    public static TimePattern Iso { get; } = new("2026-11-22T10:00:00Z", [], isIso: true);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>
    /// Reads a pattern. <c>%Y %y %m %b %B %d %e %j %H %k %I %l %p %M %S %f %L %z %Z %s %a %A</c> and what they make together, <c>%F %T %R %D</c>; a <c>-</c> behind the percent sign
    /// allows fewer digits; <c>%%</c> is a percent sign. Throws a <see cref="UserException"/> for others, and where a day or an hour is not told.
    /// </summary>
    public static TimePattern Parse(string text)
    {
        var parts = new List<Part>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                parts.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()).Select(Part.Of));
                continue;
            }

            var mayBeShort = i + 1 < text.Length && text[i + 1] == '-';
            i += mayBeShort ? 2 : 1;
            parts.AddRange(i < text.Length ? Letter(text[i], mayBeShort) ?? throw Unknown(text, text[i]) : throw Unknown(text, ' '));
        }

        Check(text, parts);
        return new(text, [.. parts]);
    }

    /// <summary>Reads a time from the start of a text.</summary>
    /// <param name="text">The text; more may follow.</param>
    /// <param name="zone">The zone of a stamp without one.</param>
    /// <param name="now">Microseconds since 1970 from which the year of a stamp without one is counted back.</param>
    /// <param name="micros">UTC microseconds since 1970.</param>
    /// <param name="length">How many bytes were read.</param>
    public bool TryRead(ReadOnlySpan<byte> text, LocalZone zone, long now, out long micros, out int length)
    {
        if (_isIso)
        {
            return TryReadIso(text, zone, out micros, out length);
        }

        micros = 0;
        length = 0;
        var stamp = Stamp.Empty;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (!part.TryTake(text, ref length, ref stamp))
            {
                return false;
            }
        }

        return stamp.TryMicros(zone, now, out micros);
    }

    /// <summary>True where a time may go on with a byte, so that what is read of it depends on what stands behind.</summary>
    public bool MayGoOnWith(byte next) => _isIso ? next != ' ' : _parts[^1].MayGoOnWith(next);

    static bool TryReadIso(ReadOnlySpan<byte> text, LocalZone zone, out long micros, out int length)
    {
        if (!TimeText.TryReadIso(text, zone, out micros, out length))
        {
            return false;
        }

        // A zone after a space would depend on what follows the time.
        var space = text[11..length].IndexOf((byte)' ');
        return space < 0 || TimeText.TryReadIso(text[..(11 + space)], zone, out micros, out length);
    }

    static Part[]? Letter(char letter, bool mayBeShort) => letter switch
    {
        'Y' => [new(PartKind.Year, 4, 4)],
        'y' => [new(PartKind.ShortYear, 2, 2)],
        'm' => [new(PartKind.Month, mayBeShort ? 1 : 2, 2)],
        'b' or 'h' => [new(PartKind.MonthName, 3, 3)],
        'B' => [new(PartKind.MonthName, 3, 9)],
        'd' => [new(PartKind.Day, mayBeShort ? 1 : 2, 2)],
        'e' => [new(PartKind.Day, 1, 2, HasPad: true)],
        'j' => [new(PartKind.DayOfYear, mayBeShort ? 1 : 3, 3)],
        'H' => [new(PartKind.Hour, mayBeShort ? 1 : 2, 2)],
        'k' => [new(PartKind.Hour, 1, 2, HasPad: true)],
        'I' => [new(PartKind.HalfDayHour, mayBeShort ? 1 : 2, 2)],
        'l' => [new(PartKind.HalfDayHour, 1, 2, HasPad: true)],
        'p' or 'P' => [new(PartKind.HalfDay, 2, 2)],
        'M' => [new(PartKind.Minute, 2, 2)],
        'S' => [new(PartKind.Second, 2, 2)],
        'f' or 'N' => [new(PartKind.Fraction, 1, 9)],
        'L' => [new(PartKind.Fraction, 3, 3)],
        'z' => [new(PartKind.Offset, 1, 6)],
        'Z' => [new(PartKind.ZoneName, 1, 5)],
        's' => [new(PartKind.Epoch, 1, 11)],
        'a' => [new(PartKind.DayName, 3, 3)],
        'A' => [new(PartKind.DayName, 3, 9)],
        'F' => [.. Parts("%Y-%m-%d")],
        'T' => [.. Parts("%H:%M:%S")],
        'R' => [.. Parts("%H:%M")],
        'D' => [.. Parts("%m/%d/%y")],
        '%' => [Part.Of((byte)'%')],
        _ => null,
    };

    static IEnumerable<Part> Parts(string text) =>
        text.Split('%', StringSplitOptions.RemoveEmptyEntries).SelectMany(part => Letter(part[0], mayBeShort: false)!.Concat(part.Skip(1).Select(c => Part.Of((byte)c))));

    static UserException Unknown(string text, char letter) => new(
        $"The time pattern '{text}' has {(letter == ' ' ? "a '%' without a letter" : $"'%{letter}', which is not known")}. Expected %Y %y %m %b %B %d %e %j %H %k %I %l %p %M %S %f %L %z %Z %s %a %A %F %T %R %D or %%.",
        UserException.Usage);

    static void Check(string text, List<Part> parts)
    {
        bool Has(PartKind kind) => parts.Exists(part => part.Kind == kind);
        if (!Has(PartKind.Epoch) && !Has(PartKind.DayOfYear) && !(Has(PartKind.Day) && (Has(PartKind.Month) || Has(PartKind.MonthName))))
        {
            throw new UserException($"The time pattern '{text}' does not tell the day. Expected a day and a month (%d %b), a day of the year (%j) or seconds since 1970 (%s).", UserException.Usage);
        }

        if (Has(PartKind.DayOfYear) && !Has(PartKind.Year) && !Has(PartKind.ShortYear))
        {
            throw new UserException($"The time pattern '{text}' has a day of the year without the year. Expected %Y or %y beside %j.", UserException.Usage);
        }

        if (Has(PartKind.HalfDayHour) != Has(PartKind.HalfDay))
        {
            throw new UserException($"The time pattern '{text}' has one of %I and %p without the other; an hour of the day is %H.", UserException.Usage);
        }
    }
}
