using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Json;

/// <summary>Steps through the tokens of a JSON text (RFC 8259). After a failure, <see cref="Position"/> is where the text went wrong.</summary>
ref struct JsonCursor(ReadOnlySpan<byte> text, int position)
{
    readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The next byte to be read.</summary>
    public int Position = position;

    /// <summary>What was wrong with the text.</summary>
    public string? Error;

    /// <summary>Skips white space and tells the byte behind it; 0, which starts no token, at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        var at = Position;
        while ((uint)at < (uint)_text.Length)
        {
            var b = _text[at];
            if (b > ' ' || b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                Position = at;
                return b;
            }

            at++;
        }

        Position = _text.Length;
        return 0;
    }

    /// <summary>Records what is wrong at a place. Returns false, so that a reader can return it.</summary>
    public bool Fail(string error, int position)
    {
        Error = error;
        Position = position;
        return false;
    }

    /// <summary>Reads a string, from its opening to behind its closing quote.</summary>
    public bool TryReadString(out bool hasEscape)
    {
        hasEscape = false;
        var at = Position + 1;
        while (true)
        {
            at = FindSpecial(at);
            if (at == _text.Length)
            {
                return Fail("a JSON string is not closed", at);
            }

            if (_text[at] == '"')
            {
                Position = at + 1;
                return true;
            }

            var length = _text[at] == '\\' ? EscapeLength(_text[at..]) : 0;
            if (length == 0)
            {
                return Fail("a JSON string holds a control character or an unknown escape", at);
            }

            hasEscape = true;
            at += length;
        }
    }

    /// <summary>Reads a number: no leading zeros, no plus sign, digits on both sides of the dot.</summary>
    public bool TryReadNumber()
    {
        var at = Position;
        if (ByteAt(at) == '-')
        {
            at++;
        }

        var whole = at;
        at = SkipDigits(at);
        var isWellFormed = at == whole + 1 || (at > whole && _text[whole] != '0');
        if (isWellFormed && ByteAt(at) == '.')
        {
            var fraction = at + 1;
            at = SkipDigits(fraction);
            isWellFormed = at > fraction;
        }

        if (isWellFormed && ByteAt(at) is (byte)'e' or (byte)'E')
        {
            var exponent = ByteAt(at + 1) is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            at = SkipDigits(exponent);
            isWellFormed = at > exponent;
        }

        Position = at;
        return isWellFormed || Fail("a JSON number is not well-formed", at);
    }

    /// <summary>Reads <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public bool TryReadLiteral(ReadOnlySpan<byte> literal)
    {
        if (!_text[Position..].StartsWith(literal))
        {
            return Fail("a JSON value was expected", Position);
        }

        Position += literal.Length;
        return true;
    }

    /// <summary>The length of a well-formed escape at the start of a text, else 0.</summary>
    static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(text[1]) ? 2 : 0;
        }

        return text.Length >= 6 && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
            && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]) ? 6 : 0;
    }

    /// <summary>The first quote, backslash or control character from a place on; the text's length where there is none.</summary>
    int FindSpecial(int at)
    {
        ref var start = ref MemoryMarshal.GetReference(_text);
        while (at + Vector128<byte>.Count <= _text.Length)
        {
            var chunk = Vector128.LoadUnsafe(ref start, (nuint)at);
            var special = Vector128.Equals(chunk, Vector128.Create((byte)'"')) | Vector128.Equals(chunk, Vector128.Create((byte)'\\'))
                | Vector128.Equals(chunk & Vector128.Create((byte)0xE0), Vector128<byte>.Zero);
            var bits = special.ExtractMostSignificantBits();
            if (bits != 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }

            at += Vector128<byte>.Count;
        }

        while (at < _text.Length && _text[at] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly byte ByteAt(int at) => (uint)at < (uint)_text.Length ? _text[at] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly int SkipDigits(int at)
    {
        while ((uint)at < (uint)_text.Length && (uint)(_text[at] - '0') <= 9)
        {
            at++;
        }

        return at;
    }
}
