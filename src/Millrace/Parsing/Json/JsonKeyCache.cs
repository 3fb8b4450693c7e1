using System.Runtime.CompilerServices;

namespace Millrace.Parsing.Json;

/// <summary>
/// Remembers what the keys of earlier lines were, since a log repeats its keys: a lookup costs a hash and a comparison. Serves one thread.
/// </summary>
sealed class JsonKeyCache(JsonPaths paths)
{
    const int Bits = 8;
    const int LongestKey = 64;

    readonly Entry[] _entries = NewEntries();
    readonly byte[] _keys = new byte[LongestKey << Bits];

    /// <summary>What a key is in the object of a node, as <see cref="JsonPaths.Find"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JsonStep Find(short node, ReadOnlySpan<byte> key, in JsonKeyWords words)
    {
        var slot = (int)((words.Hash >> (64 - Bits)) ^ (uint)node) & ((1 << Bits) - 1);
        ref var entry = ref _entries[slot];
        var isKnown = entry.First == words.First && entry.Last == words.Last && entry.Length == key.Length && entry.Node == node
            && (key.Length <= JsonKeyWords.Whole || key.SequenceEqual(_keys.AsSpan(slot * LongestKey, entry.Length)));
        return isKnown ? entry.Step : Learn(node, key, words, slot);
    }

    JsonStep Learn(short node, ReadOnlySpan<byte> key, in JsonKeyWords words, int slot)
    {
        var step = paths.Find(node, key);
        if (key.Length <= LongestKey)
        {
            key.CopyTo(_keys.AsSpan(slot * LongestKey));
            _entries[slot] = new() { First = words.First, Last = words.Last, Node = node, Length = key.Length, Step = step };
        }

        return step;
    }

    static Entry[] NewEntries()
    {
        var entries = new Entry[1 << Bits];
        Array.Fill(entries, new() { Length = -1 });
        return entries;
    }

    struct Entry
    {
        public ulong First;
        public ulong Last;
        public int Length;
        public short Node;
        public JsonStep Step;
    }
}
