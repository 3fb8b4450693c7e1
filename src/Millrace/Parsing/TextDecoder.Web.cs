namespace Millrace.Parsing;

/// <summary>The escapes of web servers' own log formats.</summary>
sealed partial class TextDecoder
{
    ReadOnlySpan<byte> UnescapePluses(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isSecond = text[i] == '+' && i > 0 && text[i - 1] == '+' && _unescaped[i - 1] == ' ';
            _unescaped[i] = text[i] == '+' && !isSecond ? (byte)' ' : text[i];
        }

        return _unescaped.AsSpan(0, text.Length);
    }

    ReadOnlySpan<byte> UnescapePercents(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = UnescapePercents(text, _unescaped);
        var once = _unescaped.AsSpan(0, written);
        return once.Contains((byte)' ') || once.IndexOf("%20"u8) < 0 ? once : _unescaped.AsSpan(0, UnescapePercents(once, _unescaped));
    }

    /// <summary>Decodes into a buffer, which may be that of the text itself.</summary>
    static int UnescapePercents(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && TryHex(text.Slice(i + 1, 2), out var code))
            {
                destination[written++] = (byte)code;
                i += 2;
            }
            else if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x' && TryHex(text.Slice(i + 2, 2), out code))
            {
                destination[written++] = (byte)code;
                i += 3;
            }
            else
            {
                destination[written++] = text[i];
            }
        }

        return written;
    }

    ReadOnlySpan<byte> UnescapePercentSigns(ReadOnlySpan<byte> text)
    {
        Reserve(ref _unescaped, text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _unescaped[written++] = text[i];
            if (text[i..].StartsWith("%25"u8))
            {
                i += 2;
            }
        }

        return _unescaped.AsSpan(0, written);
    }
}
