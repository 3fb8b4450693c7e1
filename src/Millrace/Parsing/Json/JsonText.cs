using System.Buffers.Text;
using System.Text;

namespace Millrace.Parsing.Json;

/// <summary>Undoes the escapes of JSON strings.</summary>
static class JsonText
{
    /// <summary>
    /// Writes what a well-formed inside of a JSON string stands for. The target must be as long as the text. A surrogate without its
    /// other half becomes U+FFFD. Returns the length written.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var backslash = text.IndexOf((byte)'\\');
            var plain = backslash < 0 ? text : text[..backslash];
            plain.CopyTo(target[written..]);
            written += plain.Length;
            if (backslash < 0)
            {
                return written;
            }

            text = text[backslash..];
            written += WriteEscape(ref text, target[written..]);
        }
    }

    static int WriteEscape(ref ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (text[1] == 'u')
        {
            return TakeRune(ref text).EncodeToUtf8(target);
        }

        target[0] = text[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var self => self,
        };
        text = text[2..];
        return 1;
    }

    static Rune TakeRune(ref ReadOnlySpan<byte> text)
    {
        var first = TakeUnit(ref text);
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        var rest = text;
        if (rest.StartsWith("\\u"u8) && Rune.TryCreate(first, TakeUnit(ref rest), out rune))
        {
            text = rest;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    static char TakeUnit(ref ReadOnlySpan<byte> text)
    {
        Utf8Parser.TryParse(text.Slice(2, 4), out ushort unit, out _, 'x');
        text = text[6..];
        return (char)unit;
    }
}
