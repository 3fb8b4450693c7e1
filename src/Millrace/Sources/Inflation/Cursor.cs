using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Sources.Inflation;

/// <summary>
/// Where inflating stands in what it reads and in what it writes. Bits are read from the lowest of each byte up (RFC 1951, 3.1.1): the next one is the lowest
/// of <see cref="Bits"/>.
/// </summary>
ref struct Cursor(ReadOnlySpan<byte> input, Span<byte> output, uint bits, int bitCount)
{
    /// <summary>What is read.</summary>
    public readonly ReadOnlySpan<byte> Input = input;

    /// <summary>What is written.</summary>
    public readonly Span<byte> Output = output;

    /// <summary>How many bytes of the input have been taken into <see cref="Bits"/>.</summary>
    public int Read;

    /// <summary>How many bytes have been written.</summary>
    public int Written;

    /// <summary>The next bits. Those above <see cref="BitCount"/> are 0, or what comes next.</summary>
    public ulong Bits = bits;

    /// <summary>How many bits are there, at most 63.</summary>
    public int BitCount = bitCount;

    /// <summary>True where the output is full.</summary>
    public readonly bool IsFull => Written == Output.Length;

    /// <summary>Takes in as many bytes as fit, so that there are 56 bits or all that the input has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (BitConverter.IsLittleEndian && Input.Length - Read >= sizeof(ulong))
        {
            Bits |= MemoryMarshal.Read<ulong>(Input[Read..]) << BitCount;
            Read += (63 - BitCount) >> 3;
            BitCount |= 56;
            return;
        }

        while (BitCount < 56 && Read < Input.Length)
        {
            Bits |= (ulong)Input[Read++] << BitCount;
            BitCount += 8;
        }
    }

    /// <summary>Takes bits; false where the input has fewer, and then nothing is taken.</summary>
    public bool TryTake(int count, out int value)
    {
        Debug.Assert(count is >= 0 and <= 32);
        Refill();
        value = (int)(Bits & ((1UL << count) - 1));
        if (BitCount < count)
        {
            return false;
        }

        Drop(count);
        return true;
    }

    /// <summary>Passes over bits that are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        Debug.Assert(count <= BitCount);
        Bits >>= count;
        BitCount -= count;
    }

    /// <summary>Gives whole bytes back to the input; fewer than 8 bits stay. Only for bytes that came from this input.</summary>
    public void GiveBack()
    {
        Read -= BitCount >> 3;
        BitCount &= 7;
        Bits &= (1u << BitCount) - 1;
        Debug.Assert(Read >= 0);
    }
}
