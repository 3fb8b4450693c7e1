using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Lines;

/// <summary>Counts the lines of a block. The runtime's own count begins as code for any processor and is made for this one only once it has run for a while, which for most commands is too late.</summary>
static class LineCount
{
    const int MostRounds = byte.MaxValue;

    /// <summary>How many lines there are, one without a line break at the end included.</summary>
    public static long Of(ReadOnlySpan<byte> bytes) => Breaks(bytes) + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);

    /// <summary>How many line breaks there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Breaks(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var lineBreak = Vector256.Create((byte)'\n');
        long breaks = 0;
        nuint at = 0;
        var vectors = (nuint)bytes.Length / (nuint)Vector256<byte>.Count / 2;
        while (vectors > 0)
        {
            // A byte that equals gives 255, which taken away from a counter of a byte adds one to it.
            var (first, second) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
            var rounds = Math.Min(vectors, MostRounds);
            for (nuint round = 0; round < rounds; round++)
            {
                first -= Vector256.Equals(Vector256.LoadUnsafe(ref start, at), lineBreak);
                second -= Vector256.Equals(Vector256.LoadUnsafe(ref start, at + (nuint)Vector256<byte>.Count), lineBreak);
                at += 2 * (nuint)Vector256<byte>.Count;
            }

            breaks += Sum(first) + Sum(second);
            vectors -= rounds;
        }

        foreach (var b in bytes[(int)at..])
        {
            breaks += b == '\n' ? 1 : 0;
        }

        return breaks;
    }

    static long Sum(Vector256<byte> counters)
    {
        var (lower, upper) = Vector256.Widen(counters);
        return Vector256.Sum(Vector256.WidenLower(lower) + Vector256.WidenUpper(lower) + Vector256.WidenLower(upper) + Vector256.WidenUpper(upper));
    }
}
