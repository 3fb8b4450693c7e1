using System.Buffers.Binary;
using System.Numerics;

namespace Millrace.Parsing.Json;

/// <summary>A quick hash of keys: of the length and of the first, middle and last eight bytes.</summary>
static class JsonKeyHash
{
    const ulong Mix = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> key)
    {
        ulong first = 0, middle = 0, last = 0;
        if (key.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(key);
            middle = BinaryPrimitives.ReadUInt64LittleEndian(key[((key.Length - 8) / 2)..]);
            last = BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]);
        }
        else if (key.Length >= 4)
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(key);
            last = BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]);
        }
        else if (key.Length > 0)
        {
            first = (ulong)(key[0] | (key[key.Length / 2] << 8) | (key[^1] << 16));
        }

        var hash = (first * Mix) ^ BitOperations.RotateLeft((last + (middle * 31)) * 0xC2B2AE3D27D4EB4F, 29);
        return (hash ^ (ulong)key.Length) * Mix;
    }
}
