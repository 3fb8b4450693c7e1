using System.Buffers;
using System.Text;
using Millrace.Events;

namespace Millrace.Parsing.AppLines;

/// <summary>What words look like in the heads of application log lines.</summary>
static class AppText
{
    static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    static readonly SearchValues<byte> Upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$-/:@#`+<>[]"u8);

    static readonly SearchValues<byte> PlainNameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$-"u8);

    public static int LetterRun(ReadOnlySpan<byte> text) => Run(text, Letters);

    public static int DigitRun(ReadOnlySpan<byte> text) => Run(text, Digits);

    /// <summary>The length of the logger's name that a text starts with: 0 where it starts with none. Colons at its end belong to it here.</summary>
    public static int NameRun(ReadOnlySpan<byte> text) => StartsName(text) ? Run(text, NameBytes) : 0;

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    /// <summary>
    /// True where a word that stands free is a level. The everyday names count in any case; the others are also words of everyday
    /// sentences ("config loaded"), so they must be in capitals.
    /// </summary>
    public static bool IsLevelWord(ReadOnlySpan<byte> word) =>
        word.Length is >= 3 and <= 13 && Severity.IsKnown(word) && (word.IndexOfAnyExcept(Upper) < 0 || IsEveryday(word));

    /// <summary>True where a word that is set off by brackets or bars is a level: any spelling counts, a single letter too, but no number.</summary>
    public static bool IsLevelLabel(ReadOnlySpan<byte> word) => word.Length is >= 1 and <= 13 && IsLetter(word[0]) && Severity.IsKnown(word);

    public static bool IsCapitals(ReadOnlySpan<byte> word) => word.IndexOfAnyExcept(Upper) < 0;

    /// <summary>True for names of the form <c>a.b.C</c>.</summary>
    public static bool IsDotted(ReadOnlySpan<byte> name) =>
        StartsName(name) && name.Contains((byte)'.') && name[^1] != '.' && name.IndexOf(".."u8) < 0 && name.IndexOfAnyExcept(PlainNameBytes) < 0;

    /// <summary>True for names that are hardly ever words of a message: <c>a.b.C</c>, <c>crate::module</c>, <c>module:function:12</c>.</summary>
    public static bool IsQualified(ReadOnlySpan<byte> name) => IsDotted(name) || (StartsName(name) && name[^1] != ':' && name.Contains((byte)':'));

    public static bool IsNumber(ReadOnlySpan<byte> text) => text.Length > 0 && DigitRun(text) == text.Length;

    /// <summary>True for Spring's <c>trace-span</c> of hexadecimal digits; <paramref name="traceLength"/> is the length of the trace.</summary>
    public static bool IsCorrelation(ReadOnlySpan<byte> text, out int traceLength)
    {
        traceLength = Run(text, HexDigits);
        return traceLength is 16 or 32 && text.Length == traceLength + 17 && text[traceLength] == '-' && Run(text[(traceLength + 1)..], HexDigits) == 16;
    }

    static bool IsEveryday(ReadOnlySpan<byte> word) => word.Length switch
    {
        4 => Is(word, "info"u8) || Is(word, "warn"u8),
        5 => Is(word, "debug"u8) || Is(word, "error"u8) || Is(word, "trace"u8) || Is(word, "fatal"u8),
        7 => Is(word, "warning"u8),
        8 => Is(word, "critical"u8),
        _ => false,
    };

    static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);

    static bool StartsName(ReadOnlySpan<byte> text) => text.Length > 0 && (IsLetter(text[0]) || text[0] == '_');

    static bool IsLetter(byte b) => (uint)((b | 0x20) - 'a') < 26;

    static int Run(ReadOnlySpan<byte> text, SearchValues<byte> bytes)
    {
        var end = text.IndexOfAnyExcept(bytes);
        return end < 0 ? text.Length : end;
    }
}
