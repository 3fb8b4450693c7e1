using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Parsing.Json;

/// <summary>The first and the last eight bytes of a key: all of it up to a length of <see cref="Whole"/>.</summary>
readonly struct JsonKeyWords
{
    /// <summary>Keys up to this length are equal where their words and lengths are.</summary>
    public const int Whole = 16;

    const ulong Mix = 0x9E3779B97F4A7C15;

    public readonly ulong First;
    public readonly ulong Last;
    public readonly ulong Hash;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JsonKeyWords(ReadOnlySpan<byte> key)
    {
        ref var start = ref MemoryMarshal.GetReference(key);
        var length = key.Length;
        ulong middle = 0;
        if (length >= 8)
        {
            First = Word<ulong>(ref start, 0);
            Last = Word<ulong>(ref start, length - 8);
            middle = length > Whole ? Word<ulong>(ref start, (length - 8) / 2) : 0;
        }
        else if (length >= 4)
        {
            First = Word<uint>(ref start, 0);
            Last = Word<uint>(ref start, length - 4);
        }
        else if (length > 0)
        {
            First = (ulong)(key[0] | (key[length / 2] << 8) | (key[length - 1] << 16));
        }

        var hash = (First * Mix) ^ BitOperations.RotateLeft((Last + (middle * 31)) * 0xC2B2AE3D27D4EB4F, 29);
        Hash = (hash ^ (ulong)length) * Mix;
    }

    static T Word<T>(ref byte start, int offset) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, offset));
}
