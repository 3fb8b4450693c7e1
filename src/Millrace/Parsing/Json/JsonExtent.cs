using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Json;

/// <summary>Where objects, arrays and members end, without a look at whether they are well-formed: whoever takes them apart finds out.</summary>
static class JsonExtent
{
    static readonly SearchValues<byte> EndOfPlain = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>The place behind the value that begins at a place; -1 where it is not closed.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> text, int at)
    {
        switch (JsonSyntax.ByteAt(text, at))
        {
            case (byte)'"':
                return EndOfString(text, at);
            case (byte)'{' or (byte)'[':
                return EndOfNested(text, at);
            default:
                var length = at < text.Length ? text[at..].IndexOfAny(EndOfPlain) : -1;
                return length > 0 ? at + length : -1;
        }
    }

    /// <summary>The place behind the string that begins at a place; -1 where it is not closed.</summary>
    public static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (at < text.Length)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }

        return -1;
    }

    /// <summary>Takes the next member of an object: its key, without quotes, and its value. False at the object's end and where no member stands.</summary>
    /// <param name="text">The line.</param>
    /// <param name="at">The place behind the opening brace or the member before; moved behind the member.</param>
    /// <param name="key">Where the key stands.</param>
    /// <param name="value">Where the value stands.</param>
    public static bool TryTakeMember(ReadOnlySpan<byte> text, ref int at, out Range key, out Range value)
    {
        (key, value) = (default, default);
        if (!TryTakeKey(text, ref at, out key))
        {
            return false;
        }

        var end = EndOfValue(text, at);
        value = at..Math.Max(at, end);
        at = end;
        return end >= 0;
    }

    /// <summary>Takes the next key of an object and its colon, so that the place is that of the value.</summary>
    public static bool TryTakeKey(ReadOnlySpan<byte> text, ref int at, out Range key)
    {
        key = default;
        var start = JsonSyntax.SkipSpace(text, at);
        start = JsonSyntax.ByteAt(text, start) == ',' ? JsonSyntax.SkipSpace(text, start + 1) : start;
        var end = JsonSyntax.ByteAt(text, start) == '"' ? EndOfString(text, start) : -1;
        var colon = end < 0 ? -1 : JsonSyntax.SkipSpace(text, end);
        if (colon < 0 || JsonSyntax.ByteAt(text, colon) != ':')
        {
            return false;
        }

        key = (start + 1)..(end - 1);
        at = JsonSyntax.SkipSpace(text, colon + 1);
        return true;
    }

    /// <summary>The place behind the object or array that begins at a place; -1 where it is not closed.</summary>
    /// <remarks>
    /// 64 bytes at a time: the parity of the quotes before a byte says whether it stands in a string, and brackets outside of strings are counted. Where a backslash stands, it goes byte by byte.
    /// </remarks>
    static int EndOfNested(ReadOnlySpan<byte> text, int at)
    {
        var state = default(Nesting);
        for (; at + Vector512<byte>.Count <= text.Length; at += Vector512<byte>.Count)
        {
            var bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
            if (state.IsEscaped || Vector512.EqualsAny(bytes, Vector512.Create((byte)'\\')))
            {
                var end = state.Read(text.Slice(at, Vector512<byte>.Count));
                if (end >= 0)
                {
                    return at + end;
                }

                continue;
            }

            // Brackets and braces differ in one bit.
            var folded = bytes | Vector512.Create((byte)0x20);
            var strings = Parity(Mask(bytes, '"')) ^ (state.IsInString ? ulong.MaxValue : 0);
            var opening = Mask(folded, '{') & ~strings;
            var closing = Mask(folded, '}') & ~strings;
            state.IsInString = (long)strings < 0;
            if (BitOperations.PopCount(closing) < state.Depth)
            {
                state.Depth += BitOperations.PopCount(opening) - BitOperations.PopCount(closing);
                continue;
            }

            for (var brackets = opening | closing; brackets != 0; brackets &= brackets - 1)
            {
                state.Depth += (opening & brackets & (~brackets + 1)) != 0 ? 1 : -1;
                if (state.Depth == 0)
                {
                    return at + BitOperations.TrailingZeroCount(brackets) + 1;
                }
            }
        }

        var last = state.Read(text[at..]);
        return last < 0 ? -1 : at + last;
    }

    static ulong Mask(Vector512<byte> bytes, char wanted) => Vector512.Equals(bytes, Vector512.Create((byte)wanted)).ExtractMostSignificantBits();

    /// <summary>Sets each bit to the parity of the bits up to it.</summary>
    static ulong Parity(ulong bits)
    {
        for (var shift = 1; shift < 64; shift *= 2)
        {
            bits ^= bits << shift;
        }

        return bits;
    }

    /// <summary>Where in an object or array a scan is.</summary>
    struct Nesting
    {
        public int Depth;
        public bool IsInString;
        public bool IsEscaped;

        /// <summary>Goes through bytes one by one. Returns the place behind the last bracket, or -1 where it does not come.</summary>
        public int Read(ReadOnlySpan<byte> text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                var b = text[i];
                if (IsEscaped)
                {
                    IsEscaped = false;
                }
                else if (b == '"')
                {
                    IsInString = !IsInString;
                }
                else if (b == '\\')
                {
                    IsEscaped = IsInString;
                }
                else if (!IsInString && ((b | 0x20) is '{' or '}'))
                {
                    Depth += (b | 0x20) == '{' ? 1 : -1;
                    if (Depth == 0)
                    {
                        return i + 1;
                    }
                }
            }

            return -1;
        }
    }
}
