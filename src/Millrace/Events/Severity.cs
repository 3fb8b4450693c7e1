using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;

namespace Millrace.Events;

/// <summary>Brings the spellings of severity together: TRACE, DEBUG, INFO, WARN, ERROR and FATAL.</summary>
static class Severity
{
    // Bunyan's and pino's numbers stand among the names; syslog's are others and have a method of their own.
    static readonly (string Name, string Spellings)[] Table =
    [
        ("TRACE", "trace trc trac trce verbose verb vrb finest finer silly t v 10"),
        ("DEBUG", "debug dbg debu dbug fine d 20"),
        ("INFO", "info inf information informational notice note config success i n 30"),
        ("WARN", "warn wrn warning w 40"),
        ("ERROR", "error err erro eror severe fail failure e 50"),
        ("FATAL", "fatal ftl fata fatl crit critical alert emerg emergency panic pani dpanic c f a 60"),
    ];

    /// <summary>Every severity with its spellings in lower case.</summary>
    internal static IEnumerable<(string Name, string[] Spellings)> Spellings => Table.Select(row => (row.Name, row.Spellings.Split(' ')));

    static readonly byte[][] Encoded = [.. Table.Select(row => Encoding.ASCII.GetBytes(row.Name))];

    static readonly FrozenDictionary<ulong, (byte[] Spelling, byte[] Name)> BySpelling = Table
        .SelectMany(row => row.Spellings.Split(' ').Select(spelling => (Spelling: Encoding.ASCII.GetBytes(spelling), Name: Encoding.ASCII.GetBytes(row.Name))))
        .ToFrozenDictionary(entry => Key(entry.Spelling));

    /// <summary>
    /// The severity that a text names in any usual way, in upper or lower case (<c>wrn</c>, <c>Warning</c>, pino's <c>40</c>): WARN.
    /// A text that names none is returned as it is.
    /// </summary>
    public static ReadOnlySpan<byte> Normalise(ReadOnlySpan<byte> text) => TryFind(text, out var name) ? name : text;

    /// <summary>The severity of a syslog number (RFC 5424, section 6.2.1): 0, an emergency, to 7, debug. Empty for any other number.</summary>
    public static ReadOnlySpan<byte> OfSyslog(int number) => number switch
    {
        >= 0 and <= 2 => "FATAL"u8,
        3 => "ERROR"u8,
        4 => "WARN"u8,
        5 or 6 => "INFO"u8,
        7 => "DEBUG"u8,
        _ => default,
    };

    /// <summary>The severity of a syslog number that is written as a text; any other text is taken as <see cref="Normalise"/> does.</summary>
    public static ReadOnlySpan<byte> NormaliseSyslog(ReadOnlySpan<byte> text) =>
        text.Length == 1 && OfSyslog(text[0] - '0') is { IsEmpty: false } name ? name : Normalise(text);

    /// <summary>The severity of a syslog priority that is written as a text (RFC 5424, section 6.2.1): its number modulo eight.</summary>
    public static ReadOnlySpan<byte> OfPriority(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out byte priority, out var length) && length == text.Length ? OfSyslog(priority & 7) : default;

    /// <summary>The severity of OpenTelemetry's number, 1 to 24: four to each, from TRACE to FATAL. Empty for any other number.</summary>
    public static ReadOnlySpan<byte> OfOtlp(long number) => number is >= 1 and <= 24 ? Encoded[(int)((number - 1) / 4)] : default;

    /// <summary>The number of one of OpenTelemetry's names, <c>SEVERITY_NUMBER_WARN</c> to <c>SEVERITY_NUMBER_WARN4</c>; 0 for any other text.</summary>
    public static int NumberOfOtlp(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("SEVERITY_NUMBER_"u8))
        {
            return 0;
        }

        text = text["SEVERITY_NUMBER_"u8.Length..];
        var step = text.Length > 0 && text[^1] is >= (byte)'2' and <= (byte)'4' ? text[^1] - '1' : 0;
        text = step > 0 ? text[..^1] : text;
        for (var i = 0; i < Encoded.Length; i++)
        {
            if (text.SequenceEqual(Encoded[i]))
            {
                return (i * 4) + step + 1;
            }
        }

        return 0;
    }

    /// <summary>
    /// The severity of CEF's, which grades events rather than levels: 0 to 3 or Low are INFO, 4 to 6 or Medium WARN, 7 and 8 or High ERROR, 9 and 10 or Very-High FATAL. Empty for
    /// any other text.
    /// </summary>
    public static ReadOnlySpan<byte> OfCef(ReadOnlySpan<byte> text) => text switch
    {
        [>= (byte)'0' and <= (byte)'3'] => "INFO"u8,
        [>= (byte)'4' and <= (byte)'6'] => "WARN"u8,
        [(byte)'7' or (byte)'8'] => "ERROR"u8,
        [(byte)'9'] or [(byte)'1', (byte)'0'] => "FATAL"u8,
        _ when Ascii.EqualsIgnoreCase(text, "Low"u8) => "INFO"u8,
        _ when Ascii.EqualsIgnoreCase(text, "Medium"u8) => "WARN"u8,
        _ when Ascii.EqualsIgnoreCase(text, "High"u8) => "ERROR"u8,
        _ when Ascii.EqualsIgnoreCase(text, "Very-High"u8) => "FATAL"u8,
        _ => default,
    };

    /// <summary>True where a text names a severity in any usual way.</summary>
    internal static bool IsKnown(ReadOnlySpan<byte> text) => TryFind(text, out _);

    static bool TryFind(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name)
    {
        if (BySpelling.TryGetValue(Key(text), out var found) && Ascii.EqualsIgnoreCase(text, found.Spelling))
        {
            name = found.Name;
            return true;
        }

        name = default;
        return false;
    }

    // The first seven bytes in lower case and the length: the same for different texts now and then, so whoever finds one compares it.
    static ulong Key(ReadOnlySpan<byte> text)
    {
        var key = (ulong)text.Length;
        foreach (var b in text[..Math.Min(text.Length, 7)])
        {
            key = (key << 8) | b | 0x20u;
        }

        return key;
    }
}
