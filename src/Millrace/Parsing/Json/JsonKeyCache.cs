using System.Buffers.Binary;
using System.Numerics;

namespace Millrace.Parsing.Json;

/// <summary>
/// Remembers what the keys of earlier lines were, since a log repeats its keys: a lookup costs a hash and one comparison of bytes.
/// Serves one thread.
/// </summary>
sealed class JsonKeyCache(JsonPaths paths)
{
    const int Bits = 8;
    const int LongestKey = 64;

    readonly Entry[] _entries = new Entry[1 << Bits];
    readonly byte[] _keys = new byte[LongestKey << Bits];

    /// <summary>A hash of a key's length and of up to 24 of its bytes.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key)
    {
        ulong first = 0, last = 0, middle = 0;
        if (key.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(key);
            last = BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]);
            middle = key.Length > 16 ? BinaryPrimitives.ReadUInt64LittleEndian(key[((key.Length - 8) / 2)..]) : 0;
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

        var hash = (first * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft((last + (middle * 31)) * 0xC2B2AE3D27D4EB4F, 29);
        return (hash ^ (ulong)key.Length) * 0x9E3779B97F4A7C15;
    }

    /// <summary>What a key is in the object of a node, as <see cref="JsonPaths.Find"/> says.</summary>
    public JsonStep Find(short node, ReadOnlySpan<byte> key, ulong hash)
    {
        var slot = (int)((hash ^ ((ulong)node << 60)) >> (64 - Bits));
        ref var entry = ref _entries[slot];
        if (entry.Hash == hash && entry.Node == node && entry.Length == key.Length
            && key.SequenceEqual(_keys.AsSpan(slot * LongestKey, entry.Length)))
        {
            return entry.Step;
        }

        var step = paths.Find(node, key);
        if (key.Length <= LongestKey)
        {
            key.CopyTo(_keys.AsSpan(slot * LongestKey));
            entry = new() { Hash = hash, Node = node, Length = (short)key.Length, Step = step };
        }

        return step;
    }

    struct Entry
    {
        public ulong Hash;
        public short Node;
        public short Length;
        public JsonStep Step;
    }
}
