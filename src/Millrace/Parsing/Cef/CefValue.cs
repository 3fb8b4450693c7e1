using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Cef;

/// <summary>Where the values of an extension end: at the spaces before the next key, which is what stands between a space and an equals sign.</summary>
static class CefValue
{
    // What no key holds.
    static readonly SearchValues<byte> NoKey = SearchValues.Create("\\|/?&:;,'\"(){}<>"u8);

    /// <summary>The place of the key that comes after the value at a place; the line's length where none does, -1 where an equals sign has no key.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="equals">The place of the equals sign.</param>
    public static int FindNext(ReadOnlySpan<byte> line, int at, out int equals)
    {
        var count = Load(line, at, out var marks, out var spaces);
        for (; marks != 0; marks &= marks - 1)
        {
            var mark = BitOperations.TrailingZeroCount(marks);
            equals = at + mark;
            if (line[equals] == '\\')
            {
                return FindNextSlowly(line, at, out equals);
            }

            var before = spaces & ((1UL << mark) - 1);
            if (before != 0 && IsEnd(line, at + BitOperations.Log2(before), equals, out var next))
            {
                return next;
            }
        }

        if (count == 0 || at + count < line.Length)
        {
            return FindNextSlowly(line, at, out equals);
        }

        equals = line.Length;
        return line.Length;
    }

    /// <summary>The end of a value, without the spaces behind it.</summary>
    public static int EndOf(ReadOnlySpan<byte> line, int start, int next)
    {
        while (next > start && line[next - 1] == ' ')
        {
            next--;
        }

        return next;
    }

    static int FindNextSlowly(ReadOnlySpan<byte> line, int at, out int equals)
    {
        var space = -1;
        for (equals = at; ; equals++)
        {
            var step = equals < line.Length ? line[equals..].IndexOfAny((byte)' ', (byte)'=', (byte)'\\') : -1;
            if (step < 0)
            {
                equals = line.Length;
                return line.Length;
            }

            equals += step;
            if (line[equals] == '\\')
            {
                equals++;
            }
            else if (line[equals] == ' ')
            {
                space = equals;
            }
            else if (space >= 0 && IsEnd(line, space, equals, out var next))
            {
                return next;
            }
        }
    }

    /// <summary>True where a key, or nothing, stands between a space and an equals sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsEnd(ReadOnlySpan<byte> line, int space, int equals, out int next)
    {
        next = space == equals - 1 ? -1 : space + 1;
        return next < 0 || !line[next..equals].ContainsAny(NoKey);
    }

    /// <summary>Finds equals signs and backslashes, and spaces, from a place on. Returns how many bytes were looked at; 0 where the line is short or ends there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Load(ReadOnlySpan<byte> line, int at, out ulong marks, out ulong spaces)
    {
        (marks, spaces) = (0, 0);
        if (line.Length < Vector512<byte>.Count || at >= line.Length)
        {
            return 0;
        }

        // The last bytes of the line are looked at together with some before the place, which do not count.
        var start = Math.Min(at, line.Length - Vector512<byte>.Count);
        var text = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)start);
        var skipped = at - start;
        marks = (Vector512.Equals(text, Vector512.Create((byte)'=')) | Vector512.Equals(text, Vector512.Create((byte)'\\'))).ExtractMostSignificantBits() >> skipped;
        spaces = Vector512.Equals(text, Vector512.Create((byte)' ')).ExtractMostSignificantBits() >> skipped;
        return Vector512<byte>.Count - skipped;
    }
}
