using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Json;

/// <summary>A key as it was looked up.</summary>
/// <param name="Length">Its length in bytes, without quotes.</param>
/// <param name="Hash">A hash of its bytes.</param>
/// <param name="Step">What it is in its object.</param>
readonly record struct JsonKey(int Length, ulong Hash, JsonStep Step);

/// <summary>
/// Remembers what the keys of earlier lines were, since a log repeats its keys, mostly in the same order: the key that followed the one before is
/// compared at once, without looking for its end; any other costs a hash. Serves one thread.
/// </summary>
sealed class JsonKeyCache(JsonPaths paths)
{
    /// <summary>A longer key, with its quotes and colon, is not predicted.</summary>
    public const int LongestPrediction = 32;

    /// <summary>The bytes around a key: its quotes and colon.</summary>
    public const int Around = 3;

    const int Bits = 8;
    const int TokenSize = 64;
    const int LongestKey = TokenSize - Around;

    // The entry behind those of keys stands before the first key of a line.
    const int LineStart = 1 << Bits;

    readonly Entry[] _entries = NewEntries();

    // Each entry's key as it stands in a line, with its quotes and colon.
    readonly byte[] _tokens = new byte[TokenSize * (LineStart + 1)];
    int _last = LineStart;

    /// <summary>The next key is the first of its line.</summary>
    public void StartLine() => _last = LineStart;

    /// <summary>What is known of a key.</summary>
    public ref readonly JsonKey this[int slot] => ref _entries[slot].Key;

    /// <summary>
    /// Whether the key that came behind the last one before stands at a place, of which <see cref="LongestPrediction"/> bytes belong to the line. The
    /// value then begins behind its closing quote and colon. Returns its slot, or -1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Predict(ref byte line, int at, short node)
    {
        var slot = _entries[_last].Next;
        ref readonly var entry = ref _entries[slot];
        var text = Vector256.LoadUnsafe(ref line, (nuint)at);
        var token = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_tokens), (nuint)(slot * TokenSize));
        var isRight = entry.Node == node && entry.TokenBits != 0 && (Vector256.Equals(text, token).ExtractMostSignificantBits() & entry.TokenBits) == entry.TokenBits;
        return isRight ? slot : -1;
    }

    /// <summary>The key of a slot was the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(int slot) => _last = slot;

    /// <summary>Looks a key up in the object of a node, as <see cref="JsonPaths.Find"/> does.</summary>
    public JsonKey Find(short node, ReadOnlySpan<byte> text)
    {
        var hash = JsonKeyHash.Of(text);
        if (text.Length > LongestKey)
        {
            return new(text.Length, hash, paths.Find(node, text));
        }

        var slot = (int)((hash >> (64 - Bits)) ^ (uint)node) & (LineStart - 1);
        ref var entry = ref _entries[slot];
        var token = _tokens.AsSpan(slot * TokenSize, TokenSize);
        if (entry.Node != node || entry.Key.Hash != hash || !token.Slice(1, entry.Key.Length).SequenceEqual(text))
        {
            entry.Node = node;
            entry.Key = new(text.Length, hash, paths.Find(node, text));
            entry.TokenBits = text.Length + Around <= LongestPrediction ? uint.MaxValue >> (LongestPrediction - text.Length - Around) : 0;
            token[0] = (byte)'"';
            text.CopyTo(token[1..]);
            "\":"u8.CopyTo(token[(text.Length + 1)..]);
        }

        _entries[_last].Next = slot;
        _last = slot;
        return entry.Key;
    }

    static Entry[] NewEntries()
    {
        var entries = new Entry[LineStart + 1];
        Array.Fill(entries, new() { Node = JsonPaths.Nowhere, Next = LineStart });
        return entries;
    }

    struct Entry
    {
        public JsonKey Key;
        public int Next;
        public short Node;

        /// <summary>A bit for each byte of the token; 0 where it is not predicted.</summary>
        public uint TokenBits;
    }
}
