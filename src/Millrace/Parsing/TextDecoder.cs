using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Millrace.Parsing;

/// <summary>
/// Decodes the text of fields into valid UTF-8: escapes are resolved, and bytes that are no UTF-8 become U+FFFD. Text that needs neither is
/// passed through. Serves one thread; a result is of use until the next call.
/// </summary>
sealed partial class TextDecoder
{
    byte[] _unescaped = [];
    byte[] _repaired = [];

    /// <summary>The text of a field as UTF-8.</summary>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, TextEscape escape) => Repair(Unescape(text, escape));

    /// <summary>Replaces what is not UTF-8.</summary>
    public ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return text;
        }

        // A byte becomes at most the three bytes of U+FFFD.
        Reserve(ref _repaired, text.Length * 3);
        var written = 0;
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(text, out var rune, out var read);
            written += (status == OperationStatus.Done ? rune : Rune.ReplacementChar).EncodeToUtf8(_repaired.AsSpan(written));
            text = text[read..];
        }

        return _repaired.AsSpan(0, written);
    }

    ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, TextEscape escape) => escape switch
    {
        TextEscape.Backslash when text.Contains((byte)'\\') => UnescapeBackslashes(text),
        TextEscape.Json => UnescapeJson(text),
        TextEscape.DoubledQuote => UnescapeQuotes(text),
        TextEscape.Plus when text.Contains((byte)'+') && !text.Contains((byte)' ') => UnescapePluses(text),
        TextEscape.Percent when text.IndexOfAny((byte)'%', (byte)'\\') >= 0 => UnescapePercents(text),
        TextEscape.PercentUrl when text.IndexOf("%25"u8) >= 0 => UnescapePercentSigns(text),
        TextEscape.JsonBytes => ReadBytes(text),
        TextEscape.SyslogParameters when text.Contains((byte)'\\') => UnescapeMarks(text, "\"\\]"u8),
        TextEscape.Cef when text.Contains((byte)'\\') => UnescapeMarks(text, "\\|=nr"u8),
        _ => text,
    };

    ReadOnlySpan<byte> UnescapeBackslashes(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                _unescaped[written++] = text[i];
                continue;
            }

            if (text[i + 1] == 'x' && i + 3 < text.Length && TryHex(text.Slice(i + 2, 2), out var code))
            {
                _unescaped[written++] = (byte)code;
                i += 3;
            }
            else if (ControlOf(text[i + 1]) is var control and not 0)
            {
                _unescaped[written++] = control;
                i++;
            }
            else
            {
                _unescaped[written++] = text[i];
            }
        }

        return _unescaped.AsSpan(0, written);
    }

    static byte ControlOf(byte letter) => (char)letter switch
    {
        '"' or '\\' => letter,
        'n' => (byte)'\n',
        'r' => (byte)'\r',
        't' => (byte)'\t',
        'v' => (byte)'\v',
        'b' => (byte)'\b',
        _ => 0,
    };

    ReadOnlySpan<byte> UnescapeJson(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                _unescaped[written++] = text[i];
            }
            else if (text[i + 1] == 'u' && TryCodeUnit(text, i, out var unit))
            {
                i += 5;
                written += EncodeUnit(text, ref i, unit, _unescaped.AsSpan(written));
            }
            else
            {
                i++;
                _unescaped[written++] = text[i] == 'f' ? (byte)'\f' : text[i] == 'v' ? text[i] : ControlOf(text[i]) is var control and not 0 ? control : text[i];
            }
        }

        return _unescaped.AsSpan(0, written);
    }

    /// <summary>Writes the character of a code unit, together with the low surrogate behind it where it is a high one.</summary>
    static int EncodeUnit(ReadOnlySpan<byte> text, ref int last, char unit, Span<byte> destination)
    {
        if (char.IsHighSurrogate(unit) && TryCodeUnit(text, last + 1, out var low) && char.IsLowSurrogate(low))
        {
            last += 6;
            return new Rune(unit, low).EncodeToUtf8(destination);
        }

        return (Rune.TryCreate(unit, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(destination);
    }

    static bool TryCodeUnit(ReadOnlySpan<byte> text, int backslash, out char unit)
    {
        unit = '\0';
        if (backslash + 5 >= text.Length || text[backslash] != '\\' || text[backslash + 1] != 'u' || !TryHex(text.Slice(backslash + 2, 4), out var code))
        {
            return false;
        }

        unit = (char)code;
        return true;
    }

    static bool TryHex(ReadOnlySpan<byte> text, out int code) => int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);

    ReadOnlySpan<byte> UnescapeQuotes(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _unescaped[written++] = text[i];
            if (text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
            }
        }

        return _unescaped.AsSpan(0, written);
    }

    /// <summary>Leaves out backslashes before the marks, of which <c>n</c> and <c>r</c> are line breaks.</summary>
    ReadOnlySpan<byte> UnescapeMarks(ReadOnlySpan<byte> text, ReadOnlySpan<byte> marks)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '\\' && i + 1 < text.Length && marks.Contains(text[i + 1]);
            i += isEscape ? 1 : 0;
            _unescaped[written++] = isEscape && text[i] == 'n' ? (byte)'\n' : isEscape && text[i] == 'r' ? (byte)'\r' : text[i];
        }

        return _unescaped.AsSpan(0, written);
    }

    ReadOnlySpan<byte> ReadBytes(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        while (!text.IsEmpty)
        {
            text = text.TrimStart(" \t\r\n,"u8);
            if (!Utf8Parser.TryParse(text, out byte value, out var length))
            {
                break;
            }

            _unescaped[written++] = value;
            text = text[length..];
        }

        return _unescaped.AsSpan(0, written);
    }

    static void Reserve(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, buffer.Length * 2)];
        }
    }
}
