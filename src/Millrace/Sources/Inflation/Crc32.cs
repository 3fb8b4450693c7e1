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

    /// <summary>From how many bytes on wider vectors are worth their start.</summary>
    const int WideBytes = 64 * 1024;

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

    /// <summary>Folds 64 bytes at a time into 16, and divides these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Fold(uint rest, ReadOnlySpan<byte> bytes, out int folded)
    {
        Span<byte> start = stackalloc byte[FoldBytes];
        folded = FoldBytes;
        if (Pclmulqdq.V512.IsSupported && bytes.Length >= WideBytes)
        {
            folded = FoldWide(rest, bytes, start);
        }
        else
        {
            bytes[..FoldBytes].CopyTo(start);
            BinaryPrimitives.WriteUInt32LittleEndian(start, BinaryPrimitives.ReadUInt32LittleEndian(start) ^ rest);
        }

        ref var state = ref Unsafe.As<byte, ulong>(ref MemoryMarshal.GetReference(start));
        var a = Vector128.LoadUnsafe(ref state);
        var b = Vector128.LoadUnsafe(ref state, 2);
        var c = Vector128.LoadUnsafe(ref state, 4);
        var d = Vector128.LoadUnsafe(ref state, 6);
        var factors = OverFour;
        for (; folded + FoldBytes <= bytes.Length; folded += FoldBytes)
        {
            ref var next = ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), folded));
            a = Advance(a, factors) ^ Vector128.LoadUnsafe(ref next);
            b = Advance(b, factors) ^ Vector128.LoadUnsafe(ref next, 2);
            c = Advance(c, factors) ^ Vector128.LoadUnsafe(ref next, 4);
            d = Advance(d, factors) ^ Vector128.LoadUnsafe(ref next, 6);
        }

        factors = OverOne;
        a = Advance(Advance(Advance(a, factors) ^ b, factors) ^ c, factors) ^ d;
        a.StoreUnsafe(ref state);
        return AppendScalar(0, start[..(FoldBytes / 4)]);
    }

    /// <summary>Folds 256 bytes at a time into 64. Returns how many there were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int FoldWide(uint rest, ReadOnlySpan<byte> bytes, Span<byte> result)
    {
        ref var next = ref Unsafe.As<byte, ulong>(ref MemoryMarshal.GetReference(bytes));
        var factors = Repeat(OverSixteen);
        var a = Vector512.LoadUnsafe(ref next) ^ Vector512.CreateScalar((ulong)rest);
        var b = Vector512.LoadUnsafe(ref next, 8);
        var c = Vector512.LoadUnsafe(ref next, 16);
        var d = Vector512.LoadUnsafe(ref next, 24);
        var folded = 4 * FoldBytes;
        for (; folded + (4 * FoldBytes) <= bytes.Length; folded += 4 * FoldBytes)
        {
            next = ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), folded));
            a = Advance(a, factors) ^ Vector512.LoadUnsafe(ref next);
            b = Advance(b, factors) ^ Vector512.LoadUnsafe(ref next, 8);
            c = Advance(c, factors) ^ Vector512.LoadUnsafe(ref next, 16);
            d = Advance(d, factors) ^ Vector512.LoadUnsafe(ref next, 24);
        }

        factors = Repeat(OverFour);
        a = Advance(Advance(Advance(a, factors) ^ b, factors) ^ c, factors) ^ d;
        a.StoreUnsafe(ref Unsafe.As<byte, ulong>(ref MemoryMarshal.GetReference(result)));
        return folded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Repeat(Vector128<ulong> factors) => Vector512.Create(Vector256.Create(factors, factors), Vector256.Create(factors, factors));

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
