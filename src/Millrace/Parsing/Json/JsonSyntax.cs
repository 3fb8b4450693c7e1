using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Json;

/// <summary>
/// The tokens of RFC 8259. Each method takes the place where a token begins and returns the place behind it, or the complement of the
/// place where it goes wrong: positions travel in registers, which a cursor object's would not.
/// </summary>
static class JsonSyntax
{
    /// <summary>How many bytes <see cref="EndOfUsualValue"/> may look at, whatever the value is.</summary>
    public const int UsualLoad = 32;

    /// <summary>The place of the next byte that is not white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipSpace(ReadOnlySpan<byte> text, int at) =>
        (uint)at < (uint)text.Length && text[at] > ' ' ? at : SkipSpaceSlowly(text, at);

    /// <summary>The byte at a place; 0, which starts no token, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ByteAt(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;

    /// <summary>The end of a string that begins, with its quote, at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfString(ReadOnlySpan<byte> text, int at, out bool hasEscape)
    {
        hasEscape = false;
        var end = FindSpecial(text, at + 1);
        return ByteAt(text, end) == '"' ? end + 1 : EndOfUnusualString(text, end, out hasEscape);
    }

    /// <summary>
    /// The end of a value that is what most are: a string without escapes, a number without sign and exponent, a literal. Any other value, and any that
    /// is not well-formed, gives -1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfUsualValue(ref byte text, int at, int length, out JsonKind kind)
    {
        var first = Unsafe.Add(ref text, at);
        if (first == '"')
        {
            kind = JsonKind.String;
            var end = FindSpecial(ref text, at + 1, length);
            return end < length && Unsafe.Add(ref text, end) == '"' ? end + 1 : -1;
        }

        if ((uint)(first - '0') <= 9)
        {
            kind = JsonKind.Number;
            return EndOfUsualNumber(ref text, at);
        }

        var word = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, at), 5);
        kind = first == 'n' ? JsonKind.Null : JsonKind.Boolean;
        return word.StartsWith("null"u8) || word.StartsWith("true"u8) ? at + 4 : word.SequenceEqual("false"u8) ? at + 5 : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int EndOfUsualNumber(ref byte text, int at)
    {
        var chunk = Vector256.LoadUnsafe(ref text, (nuint)at);
        var others = ~Vector256.LessThanOrEqual(chunk - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits();
        var length = BitOperations.TrailingZeroCount(others);
        if (length > 1 && Unsafe.Add(ref text, at) == '0')
        {
            return -1;
        }

        others &= others - 1;
        if (length < UsualLoad && Unsafe.Add(ref text, at + length) == '.')
        {
            var fraction = length + 1;
            length = BitOperations.TrailingZeroCount(others);
            if (length == fraction)
            {
                return -1;
            }
        }

        return length < UsualLoad && (Unsafe.Add(ref text, at + length) | 0x20) != 'e' ? at + length : -1;
    }

    /// <summary>The end of a number: no leading zeros, no plus sign, digits on both sides of the dot.</summary>
    public static int EndOfNumber(ReadOnlySpan<byte> text, int at)
    {
        var whole = ByteAt(text, at) == '-' ? at + 1 : at;
        at = SkipDigits(text, whole);
        var isWellFormed = at == whole + 1 || (at > whole && text[whole] != '0');
        if (isWellFormed && ByteAt(text, at) == '.')
        {
            var fraction = at + 1;
            at = SkipDigits(text, fraction);
            isWellFormed = at > fraction;
        }

        if (isWellFormed && (ByteAt(text, at) | 0x20) == 'e')
        {
            var exponent = ByteAt(text, at + 1) is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            at = SkipDigits(text, exponent);
            isWellFormed = at > exponent;
        }

        return isWellFormed ? at : ~at;
    }

    /// <summary>The end of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public static int EndOfLiteral(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> literal) =>
        text[at..].StartsWith(literal) ? at + literal.Length : ~at;

    static int SkipSpaceSlowly(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    static int EndOfUnusualString(ReadOnlySpan<byte> text, int at, out bool hasEscape)
    {
        hasEscape = false;
        while (at < text.Length && text[at] != '"')
        {
            var length = text[at] == '\\' ? EscapeLength(text[at..]) : 0;
            if (length == 0)
            {
                return ~at;
            }

            hasEscape = true;
            at = FindSpecial(text, at + length);
        }

        return at < text.Length ? at + 1 : ~at;
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
            return text[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        }

        return text.Length >= 6 && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
            && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]) ? 6 : 0;
    }

    /// <summary>The first quote, backslash or control character from a place on; the text's length where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int FindSpecial(ReadOnlySpan<byte> text, int at) => FindSpecial(ref MemoryMarshal.GetReference(text), at, text.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int FindSpecial(ref byte text, int at, int length)
    {
        while (at + Vector128<byte>.Count <= length)
        {
            var chunk = Vector128.LoadUnsafe(ref text, (nuint)at);
            var special = Vector128.Equals(chunk, Vector128.Create((byte)'"')) | Vector128.Equals(chunk, Vector128.Create((byte)'\\'))
                | Vector128.Equals(chunk & Vector128.Create((byte)0xE0), Vector128<byte>.Zero);
            var bits = special.ExtractMostSignificantBits();
            if (bits != 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }

            at += Vector128<byte>.Count;
        }

        while (at < length && Unsafe.Add(ref text, at) is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        return at;
    }
}
