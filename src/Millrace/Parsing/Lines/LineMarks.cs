using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Parsing.Lines;

/// <summary>
/// Where line breaks and quotes stand in a block, found in one vectorised pass over a window at a time. Searches for one after the other would each have to
/// wait for the one before, and the processor would guess wrongly at most of them. One instance serves one thread.
/// </summary>
sealed class LineMarks
{
    /// <summary>How many bytes are marked at a time: few enough that they are still near when they are parsed.</summary>
    internal const int WindowLength = 4 << 10;

    const int Word = 64;
    const int WrittenAtOnce = 16;

    // A quote is 0x22 and a line break 0x0A; elsewhere stands what has another lower half, and so is no byte's own.
    static Vector128<byte> MarkByLowerHalf => Vector128.Create((byte)1, 0, (byte)'"', 0, 0, 0, 0, 0, 0, 0, (byte)'\n', 0, 0, 0, 0, 0);

    // Offsets in the block. Room for a mark on every byte, and for those that are written before it is known that there are none.
    readonly int[] _offsets = new int[WindowLength + WrittenAtOnce];
    int _count;
    int _next;
    int _windowStart;
    int _windowEnd;

    /// <summary>Forgets what was marked, since the next line is of another block.</summary>
    public void StartBlock() => (_count, _next, _windowStart, _windowEnd) = (0, 0, 0, 0);

    /// <summary>Takes the next line off a block's rest, without its line break, and tells where it has quotes.</summary>
    /// <param name="block">The whole block; the same from call to call until <see cref="StartBlock"/>.</param>
    /// <param name="rest">What of the block was not taken yet; shortened by the line.</param>
    /// <param name="quotes">The line's quotes; unknown for a line longer than a window.</param>
    public ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> block, scoped ref ReadOnlySpan<byte> rest, out LineQuotes quotes)
    {
        var start = block.Length - rest.Length;
        var end = FindEnd(block, start, out quotes);
        rest = end < block.Length ? block[(end + 1)..] : default;
        return EventBoundary.WithoutReturn(block[start..end]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int FindEnd(ReadOnlySpan<byte> block, int start, out LineQuotes quotes)
    {
        var first = _next;
        ref var text = ref MemoryMarshal.GetReference(block);
        ref var marks = ref MemoryMarshal.GetArrayDataReference(_offsets);
        for (nint next = first; next < _count; next++)
        {
            var at = Unsafe.Add(ref marks, next);
            Debug.Assert(at < block.Length, "Marks lie in the block.");
            if (Unsafe.Add(ref text, (nint)at) == '\n')
            {
                quotes = new(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref marks, first), (int)next - first), start);
                _next = (int)next + 1;
                return at;
            }
        }

        return FindEndBeyond(block, start, out quotes);
    }

    /// <summary>The line's end where it is not among the marks that are left.</summary>
    int FindEndBeyond(ReadOnlySpan<byte> block, int start, out LineQuotes quotes)
    {
        while (_windowEnd < block.Length && (_windowStart < start || _windowEnd <= start))
        {
            Mark(block, start);
            var found = _offsets.AsSpan(0, _count);
            for (var i = 0; i < found.Length; i++)
            {
                if (block[found[i]] == '\n')
                {
                    quotes = new(found[..i], start);
                    _next = i + 1;
                    return found[i];
                }
            }
        }

        if (_windowEnd == block.Length)
        {
            // The block's last line, which has no line break.
            quotes = new(_offsets.AsSpan(_next, _count - _next), start);
            _next = _count;
            return block.Length;
        }

        quotes = default;
        var length = block[_windowEnd..].IndexOf((byte)'\n');
        var end = length < 0 ? block.Length : _windowEnd + length;
        (_count, _next, _windowEnd) = (0, 0, end);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Mark(ReadOnlySpan<byte> block, int start)
    {
        var end = Math.Min(block.Length, start + WindowLength);
        ref var text = ref MemoryMarshal.GetReference(block);
        ref var marks = ref MemoryMarshal.GetArrayDataReference(_offsets);
        var count = 0;
        var at = start;
        for (; at + Word <= end; at += Word)
        {
            ref var here = ref Unsafe.Add(ref marks, count);
            count += Avx512Vbmi2.IsSupported ? WriteAtOnce(ref text, at, ref here) : WriteEach(ref text, at, ref here);
        }

        for (; at < end; at++)
        {
            if (Unsafe.Add(ref text, at) is (byte)'"' or (byte)'\n')
            {
                Unsafe.Add(ref marks, count++) = at;
            }
        }

        (_count, _next, _windowStart, _windowEnd) = (count, 0, start, end);
    }

    /// <summary>Writes the offsets of all marks in a word without asking how many there are, which the processor would guess wrongly more often than it saves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int WriteAtOnce(ref byte text, int at, ref int here)
    {
        // Each byte looks up what a mark with its lower half would be, and is a mark where that is what it is itself.
        var bytes = Vector512.LoadUnsafe(ref text, (nuint)at);
        var isMark = Vector512.Equals(Avx512BW.Shuffle(Vector512.Create(Vector256.Create(MarkByLowerHalf, MarkByLowerHalf), Vector256.Create(MarkByLowerHalf, MarkByLowerHalf)), bytes), bytes);
        var count = BitOperations.PopCount(isMark.ExtractMostSignificantBits());
        if (count > WrittenAtOnce)
        {
            return WriteEach(ref text, at, ref here);
        }

        var places = Avx512Vbmi2.Compress(Vector512<byte>.Zero, isMark, Vector512<byte>.Indices);
        (Avx512F.ConvertToVector512Int32(places.GetLower().GetLower()) + Vector512.Create(at)).StoreUnsafe(ref here);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int WriteEach(ref byte text, int at, ref int here)
    {
        var bits = MarksOfHalf(ref text, at) | ((ulong)MarksOfHalf(ref text, at + Vector256<byte>.Count) << Vector256<byte>.Count);
        var count = BitOperations.PopCount(bits);
        for (; bits != 0; bits &= bits - 1)
        {
            here = at + BitOperations.TrailingZeroCount(bits);
            here = ref Unsafe.Add(ref here, 1);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint MarksOfHalf(ref byte text, int at)
    {
        var bytes = Vector256.LoadUnsafe(ref text, (nuint)at);
        return (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
    }
}
