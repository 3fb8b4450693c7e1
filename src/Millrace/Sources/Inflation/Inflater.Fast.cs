using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Sources.Inflation;

sealed partial class Inflater
{
    /// <summary>How much of the input a round of the fast loop may look at: two refills, each of 8 bytes, of which the first goes on by 7 at most.</summary>
    const int InputSlack = 16;

    /// <summary>How much of the output a round of the fast loop may overwrite: the literals, the longest match, and what wide copies write too much.</summary>
    const int OutputSlack = 8 + Codes.LongestMatch + WideCopy;

    /// <summary>How much a match copies without asking how long it is.</summary>
    const int WideCopy = 128;

    const ulong LiteralMask = (1 << BlockCodes.LiteralBits) - 1;
    const ulong DistanceMask = (1 << BlockCodes.DistanceBits) - 1;

    /// <summary>For each distance below 16, the order in which 16 bytes from there on repeat it.</summary>
    static readonly byte[] Repeats = [.. Enumerable.Range(0, 256).Select(at => (byte)(at < 16 ? 0 : at % 16 % (at / 16)))];

    static bool CanRunFast(in Cursor cursor) => BitConverter.IsLittleEndian
        && cursor.Input.Length - cursor.Read >= InputSlack
        && cursor.Output.Length - cursor.Written >= OutputSlack;

    /// <summary>
    /// Decodes for as long as both spans have slack. A round takes up to three runs of literals, and the match after them, which may be part of the last. A refill
    /// leaves 56 bits, and no way through a round takes more between two: at most 11 of a first run, 11 of a second with a length in it or 15 of a long code, 5 extra
    /// bits of the length, 15 and 13 of the distance; after a third run, and before what a link leads to, there is a refill.
    /// <para>
    /// What comes after a match is looked up before it is copied, so that a branch of the copying that was foreseen wrongly does not hold up the decoding.
    /// </para>
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunFast(ref Cursor cursor, int inputEnd)
    {
        ref var input = ref MemoryMarshal.GetReference(cursor.Input);
        ref var output = ref MemoryMarshal.GetReference(cursor.Output);
        ref var entries = ref _codes.First;
        nint read = cursor.Read;
        nint written = cursor.Written;
        var lastRead = (nint)inputEnd - InputSlack;
        var lastWritten = (nint)cursor.Output.Length - OutputSlack;
        var bits = cursor.Bits;
        var bitCount = (uint)cursor.BitCount;
        Refill(ref input, ref read, ref bits, ref bitCount);
        var entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
        while (read <= lastRead && written <= lastWritten)
        {
            Debug.Assert(read >= 0 && read + InputSlack <= cursor.Input.Length && written >= 0 && written + OutputSlack <= cursor.Output.Length);
            var saved = bits;
            bits >>= (int)entry;
            bitCount -= (byte)entry;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, written), (ushort)(entry >> Codes.ValueShift));
            written += (nint)((entry >> Codes.CountShift) & 3);
            if ((entry & (Codes.IsLiteral | Codes.IsSpecial)) != 0)
            {
                if ((entry & Codes.IsSpecial) == 0)
                {
                    entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
                    saved = bits;
                    bits >>= (int)entry;
                    bitCount -= (byte)entry;
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, written), (ushort)(entry >> Codes.ValueShift));
                    written += (nint)((entry >> Codes.CountShift) & 3);
                }

                if ((entry & (Codes.IsLiteral | Codes.IsSpecial)) != 0)
                {
                    if ((entry & Codes.IsSpecial) == 0)
                    {
                        entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
                        saved = bits;
                        bits >>= (int)entry;
                        bitCount -= (byte)entry;
                        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, written), (ushort)(entry >> Codes.ValueShift));
                        written += (nint)((entry >> Codes.CountShift) & 3);
                    }

                    Refill(ref input, ref read, ref bits, ref bitCount);
                    if ((entry & Codes.IsLiteral) != 0)
                    {
                        entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
                        continue;
                    }

                    if (CodeTable.IsLink(entry))
                    {
                        entry = Unsafe.Add(ref entries, BlockCodes.LiteralStart + (nint)((entry >> Codes.ValueShift) + Lowest(bits, (entry >> Codes.CodeShift) & 15)));
                        saved = bits;
                        bits >>= (int)entry;
                        bitCount -= (byte)entry;
                        if ((entry & Codes.IsLiteral) != 0)
                        {
                            Unsafe.Add(ref output, written++) = (byte)(entry >> Codes.ValueShift);
                            Refill(ref input, ref read, ref bits, ref bitCount);
                            entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
                            continue;
                        }
                    }

                    if ((entry & Codes.IsSpecial) != 0)
                    {
                        _state = entry < Codes.Invalid ? State.BetweenBlocks : State.Damaged;
                        break;
                    }
                }
            }

            var length = (nint)((entry >> Codes.SecondShift) + Codes.ShortestMatch + (Lowest(saved, entry) >> (int)(entry >> Codes.CodeShift)));
            entry = Unsafe.Add(ref entries, BlockCodes.DistanceStart + (nint)(bits & DistanceMask));
            if ((entry & Codes.IsSpecial) != 0)
            {
                if (CodeTable.IsLink(entry))
                {
                    bits >>= BlockCodes.DistanceBits;
                    bitCount -= BlockCodes.DistanceBits;
                    entry = Unsafe.Add(ref entries, BlockCodes.DistanceStart + (nint)((entry >> Codes.ValueShift) + Lowest(bits, (entry >> Codes.CodeShift) & 15)));
                }

                if ((entry & Codes.IsSpecial) != 0)
                {
                    _state = State.Damaged;
                    break;
                }
            }

            saved = bits;
            bits >>= (int)entry;
            bitCount -= (byte)entry;
            var distance = (nint)((entry >> Codes.ValueShift) + (Lowest(saved, entry) >> (int)(entry >> Codes.CodeShift)));
            if (distance > written)
            {
                // It reaches into what earlier calls wrote, or too far.
                _matchLength = (int)length;
                _matchDistance = (int)distance;
                break;
            }

            Refill(ref input, ref read, ref bits, ref bitCount);
            entry = Unsafe.Add(ref entries, (nint)(bits & LiteralMask));
            ref var to = ref Unsafe.Add(ref output, written);
            written += length;
            Copy(ref to, distance, length);
        }

        cursor.Read = (int)read;
        cursor.Written = (int)written;
        cursor.BitCount = (int)bitCount;
        cursor.Bits = Lowest(bits, bitCount);
        if (_matchLength > 0 && _matchDistance > cursor.Written + _historyLength)
        {
            _matchLength = 0;
            _state = State.Damaged;
        }
    }

    /// <summary>Takes in as many bytes as fit: 56 bits are there after it. The bits above these are those that come next, and may be taken in once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Refill(ref byte input, ref nint read, ref ulong bits, ref uint bitCount)
    {
        Debug.Assert(bitCount < 64);
        bits |= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref input, read)) << (int)bitCount;
        read += (nint)((bitCount ^ 63) >> 3);
        bitCount |= 56;
    }

    /// <summary>Copies a match, and up to <see cref="WideCopy"/> bytes more than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(ref byte to, nint distance, nint length)
    {
        ref var from = ref Unsafe.Subtract(ref to, distance);
        if (distance >= Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
            Vector256.LoadUnsafe(ref from, 32).StoreUnsafe(ref to, 32);
            Vector256.LoadUnsafe(ref from, 64).StoreUnsafe(ref to, 64);
            Vector256.LoadUnsafe(ref from, 96).StoreUnsafe(ref to, 96);
            for (nint at = WideCopy; at < length; at += 32)
            {
                Vector256.LoadUnsafe(ref from, (nuint)at).StoreUnsafe(ref to, (nuint)at);
            }
        }
        else
        {
            CopyNear(ref to, distance, length);
        }
    }

    /// <summary>Copies a match that begins to repeat itself within what a wide copy copies at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void CopyNear(ref byte to, nint distance, nint length)
    {
        ref var from = ref Unsafe.Subtract(ref to, distance);
        if (distance >= Vector128<byte>.Count)
        {
            for (nint at = 0; at < length; at += 16)
            {
                Vector128.LoadUnsafe(ref from, (nuint)at).StoreUnsafe(ref to, (nuint)at);
            }
        }
        else
        {
            var order = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Repeats), (nuint)distance * 16);
            var repeated = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref from), order);
            var step = 16 - (int)(16 % (uint)distance);
            for (nint at = 0; at < length; at += step)
            {
                repeated.StoreUnsafe(ref to, (nuint)at);
            }
        }
    }

    /// <summary>The lowest bits of a number; how many is in the lowest byte of <paramref name="count"/>, and less than 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Lowest(ulong bits, uint count) => Bmi2.X64.IsSupported
        ? Bmi2.X64.ZeroHighBits(bits, count)
        : bits & ((1UL << (int)count) - 1);
}
