using System.Numerics;
using System.Runtime.CompilerServices;

namespace Millrace.Parsing.Layouts;

/// <summary>Reads unsigned decimal numbers. Up to seven digits cost no loop, and so no branch that depends on how many there are.</summary>
static class Digits
{
    /// <summary>The longest number that is surely a 64-bit integer.</summary>
    public const int Most = 18;

    /// <summary>
    /// Reads digits from an offset on. Returns how many there are, which may be 0; -1 where there are eight or more, or fewer than eight bytes left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TryReadShort(ref byte text, int start, int length, out long number)
    {
        number = 0;
        if (start + sizeof(ulong) > length || !BitConverter.IsLittleEndian)
        {
            return -1;
        }

        // A byte is a digit where '0' turned to 0 leaves it below ten; adding 0x76 to such a byte does not reach its highest bit.
        var digits = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, start)) ^ 0x3030303030303030;
        var others = ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
        if (others == 0)
        {
            return -1;
        }

        var count = BitOperations.TrailingZeroCount(others) >> 3;
        if (count == 0)
        {
            return 0;
        }

        // The digits move to the high end, zeros lead; then pairs, quadruples and halves are put together.
        digits <<= (sizeof(ulong) - count) * 8;
        digits = (digits * 10) + (digits >> 8);
        number = (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        return count;
    }

    /// <summary>Reads digits from an offset on, however many. Returns how many there are; the number is right up to <see cref="Most"/> of them.</summary>
    public static int ReadLong(ref byte text, int start, int length, out long number)
    {
        number = 0;
        var end = start;
        while (end < length && (uint)(Unsafe.Add(ref text, end) - '0') is var digit and <= 9)
        {
            number = (number * 10) + digit;
            end++;
        }

        return end - start;
    }
}
