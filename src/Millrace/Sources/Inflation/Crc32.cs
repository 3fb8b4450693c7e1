using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc = System.Runtime.Intrinsics.Arm.Crc32;

namespace Millrace.Sources.Inflation;

/// <summary>
/// The checksum of gzip (RFC 1952, 8). Bytes are the coefficients of a polynomial over GF(2), the first bit the highest, and the checksum is what is left of it
/// by division by the polynomial of CRC-32. Where the processor multiplies such polynomials, 64 bytes at a time are replaced by what they leave 64 bytes on,
/// until 16 are left that have the same checksum as all.
/// </summary>
static class Crc32
{
    const uint Polynomial = 0xedb88320;
    const int FoldBytes = 64;

    static readonly uint[] Table = MakeTable();
    static readonly Vector128<ulong> OverOne = Factors(128);
    static readonly Vector128<ulong> OverFour = Factors(4 * 128);
    static readonly Vector128<ulong> OverSixteen = Factors(16 * 128);

    /// <summary>The checksum of what <paramref name="checksum"/> is of, and of these bytes after it. That of nothing is 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var rest = ~checksum;
        if (Pclmulqdq.IsSupported && bytes.Length >= FoldBytes)
        {
            rest = Fold(rest, bytes, out var folded);
            bytes = bytes[folded..];
        }
        else if (ArmCrc.Arm64.IsSupported)
        {
            for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            {
                rest = ArmCrc.Arm64.ComputeCrc32(rest, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            }
        }

        return ~AppendScalar(rest, bytes);
    }

    /// <summary>Divides byte by byte: the definition, which the other ways must equal.</summary>
    internal static uint AppendScalar(uint rest, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            rest = Table[(byte)(rest ^ value)] ^ (rest >> 8);
        }

        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Fold(uint rest, ReadOnlySpan<byte> bytes, out int folded)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        nuint at = FoldBytes;
        Vector512<ulong> all;
        if (Pclmulqdq.V512.IsSupported && bytes.Length >= 4 * FoldBytes)
        {
            all = FoldWide(rest, bytes, out at);
        }
        else
        {
            all = Load(ref first, 0) ^ Vector512.CreateScalar((ulong)rest);
        }

        var (a, b, c, d) = (all.GetLower().GetLower(), all.GetLower().GetUpper(), all.GetUpper().GetLower(), all.GetUpper().GetUpper());
        var overFour = OverFour;
        for (; at + FoldBytes <= (nuint)bytes.Length; at += FoldBytes)
        {
            a = Advance(a, overFour) ^ Vector128.LoadUnsafe(ref first, at).AsUInt64();
            b = Advance(b, overFour) ^ Vector128.LoadUnsafe(ref first, at + 16).AsUInt64();
            c = Advance(c, overFour) ^ Vector128.LoadUnsafe(ref first, at + 32).AsUInt64();
            d = Advance(d, overFour) ^ Vector128.LoadUnsafe(ref first, at + 48).AsUInt64();
        }

        folded = (int)at;
        var overOne = OverOne;
        var one = Advance(Advance(Advance(a, overOne) ^ b, overOne) ^ c, overOne) ^ d;
        return AppendScalar(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in one)));
    }

    /// <summary>Folds 256 bytes at a time into 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Vector512<ulong> FoldWide(uint rest, ReadOnlySpan<byte> bytes, out nuint at)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var overSixteen = Vector512.Create(Vector256.Create(OverSixteen, OverSixteen), Vector256.Create(OverSixteen, OverSixteen));
        var overFour = Vector512.Create(Vector256.Create(OverFour, OverFour), Vector256.Create(OverFour, OverFour));
        var a = Load(ref first, 0) ^ Vector512.CreateScalar((ulong)rest);
        var b = Load(ref first, 64);
        var c = Load(ref first, 128);
        var d = Load(ref first, 192);
        for (at = 4 * FoldBytes; at + (4 * FoldBytes) <= (nuint)bytes.Length; at += 4 * FoldBytes)
        {
            a = Advance(a, overSixteen) ^ Load(ref first, at);
            b = Advance(b, overSixteen) ^ Load(ref first, at + 64);
            c = Advance(c, overSixteen) ^ Load(ref first, at + 128);
            d = Advance(d, overSixteen) ^ Load(ref first, at + 192);
        }

        return Advance(Advance(Advance(a, overFour) ^ b, overFour) ^ c, overFour) ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Load(ref byte first, nuint at) => Vector512.LoadUnsafe(ref first, at).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Advance(Vector512<ulong> value, Vector512<ulong> factors) =>
        Pclmulqdq.V512.CarrylessMultiply(value, factors, 0x00) ^ Pclmulqdq.V512.CarrylessMultiply(value, factors, 0x11);

    /// <summary>What 16 bytes are worth further on. The lower half comes first, so its coefficients are the higher ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ulong> Advance(Vector128<ulong> value, Vector128<ulong> factors) =>
        Pclmulqdq.CarrylessMultiply(value, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, factors, 0x11);

    /// <summary>
    /// What to multiply the two halves of 16 bytes with to move them on by so many bits. A product of two numbers whose lowest bit is the highest coefficient
    /// comes out one place too high, hence one less.
    /// </summary>
    static Vector128<ulong> Factors(int bits) => Vector128.Create(PowerOfX(bits + 64 - 1), PowerOfX(bits - 1));

    /// <summary>The rest of x to some power, as 64 coefficients, the highest in the lowest bit.</summary>
    static ulong PowerOfX(int power)
    {
        var rest = 0x8000_0000u;
        for (var i = 0; i < power; i++)
        {
            rest = Divide(rest);
        }

        return (ulong)rest << 32;
    }

    static uint Divide(uint rest) => (rest >> 1) ^ ((rest & 1) * Polynomial);

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            var rest = value;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = Divide(rest);
            }

            table[value] = rest;
        }

        return table;
    }
}
