using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Lines;

/// <summary>Counts the lines of a block. The runtime's own count begins as code for any processor and is made for this one only once it has run for a while, which for most commands is too late.</summary>
static class LineCount
{
    /// <summary>How many lines there are, one without a line break at the end included.</summary>
    public static long Of(ReadOnlySpan<byte> bytes) => Breaks(bytes) + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);

    /// <summary>How many line breaks there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Breaks(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = (nuint)bytes.Length;
        nuint at = 0;
        long breaks = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var lineBreak = Vector512.Create((byte)'\n');
            for (; at + (nuint)Vector512<byte>.Count <= length; at += (nuint)Vector512<byte>.Count)
            {
                breaks += BitOperations.PopCount(Vector512.Equals(Vector512.LoadUnsafe(ref start, at), lineBreak).ExtractMostSignificantBits());
            }
        }
        else
        {
            var lineBreak = Vector256.Create((byte)'\n');
            for (; at + (nuint)Vector256<byte>.Count <= length; at += (nuint)Vector256<byte>.Count)
            {
                breaks += BitOperations.PopCount(Vector256.Equals(Vector256.LoadUnsafe(ref start, at), lineBreak).ExtractMostSignificantBits());
            }
        }

        foreach (var b in bytes[(int)at..])
        {
            breaks += b == '\n' ? 1 : 0;
        }

        return breaks;
    }
}
