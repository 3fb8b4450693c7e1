using System.Buffers.Text;

namespace Millrace.Parsing.W3c;

/// <summary>The texts of a line: where they end, and the numbers in them.</summary>
static class W3cText
{
    // The longest number that is surely a 64-bit integer.
    const int LongestNumber = 18;

    /// <summary>The first place from an offset on that is no space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The place behind a word, or behind a text in quotes, in which quotes are doubled. A quote that is not closed is a part of the word.</summary>
    public static int EndOfWord(ReadOnlySpan<byte> line, int start, out FieldValue value)
    {
        if (line[start] == '"' && TryEndQuote(line, start, out var close, out var escape))
        {
            value = Value(line, start + 1, close - start - 1, escape);
            return close + 1;
        }

        var length = line[start..].IndexOfAny((byte)' ', (byte)'\t');
        length = length < 0 ? line.Length - start : length;
        value = Value(line, start, length, TextEscape.None);
        return start + length;
    }

    /// <summary>A value without the spaces around it.</summary>
    public static FieldValue Trim(ReadOnlySpan<byte> line, int start, int length)
    {
        while (length > 0 && line[start] == ' ')
        {
            start++;
            length--;
        }

        while (length > 0 && line[start + length - 1] == ' ')
        {
            length--;
        }

        return Value(line, start, length, TextEscape.None);
    }

    /// <summary>Reads digits and nothing else.</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return text.Length is > 0 and <= LongestNumber;
    }

    /// <summary>Reads digits with or without a fraction.</summary>
    public static bool TryReadReal(ReadOnlySpan<byte> text, out double number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && text.IndexOfAnyExcept("0123456789."u8) < 0;

    /// <summary>Reads a duration as whole microseconds, a negative one as -1.</summary>
    public static bool TryReadDuration(ReadOnlySpan<byte> text, long microsPerUnit, out long micros)
    {
        var isNegative = text.Length > 1 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        var dot = digits.IndexOf((byte)'.');
        var whole = dot < 0 ? digits : digits[..dot];
        micros = -1;
        if (whole.IsEmpty || !TryReadInteger(whole, out var units) || units > long.MaxValue / microsPerUnit / 2)
        {
            return false;
        }

        micros = units * microsPerUnit;
        foreach (var b in dot < 0 ? default : digits[(dot + 1)..])
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            microsPerUnit /= 10;
            micros += (b - '0') * microsPerUnit;
        }

        micros = isNegative ? -1 : micros;
        return dot != digits.Length - 1;
    }

    static FieldValue Value(ReadOnlySpan<byte> line, int start, int length, TextEscape escape) =>
        length == 0 || (length == 1 && line[start] == '-') ? default : FieldValue.Text(start, length, escape);

    static bool TryEndQuote(ReadOnlySpan<byte> line, int open, out int close, out TextEscape escape)
    {
        escape = TextEscape.None;
        for (close = open + 1; close < line.Length; close++)
        {
            var quote = line[close..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return false;
            }

            close += quote;
            if (close + 1 == line.Length || line[close + 1] is (byte)' ' or (byte)'\t')
            {
                return true;
            }

            if (line[close + 1] == '"')
            {
                escape = TextEscape.DoubledQuote;
                close++;
            }
        }

        return false;
    }
}
