using System.Runtime.CompilerServices;

namespace Millrace.Parsing.Json;

/// <summary>A key as it was looked up.</summary>
/// <param name="Length">Its length in bytes, without quotes.</param>
/// <param name="Hash">A hash of its bytes.</param>
/// <param name="Step">What it is in its object.</param>
readonly record struct JsonKey(int Length, ulong Hash, JsonStep Step);

/// <summary>
/// Remembers what the keys of earlier lines were, since a log repeats its keys, mostly in the same order: the key that came at the same place of
/// the line before is compared at once, without looking for its end; any other costs a hash. Serves one thread.
/// </summary>
sealed class JsonKeyCache(JsonPaths paths)
{
    const int Bits = 8;
    const int PlaceMask = 63;
    const int TokenSize = 64;
    const int LongestKey = TokenSize - 3;

    // What there is until a key was looked up: telling a file's format makes parsers that read a line or none.
    static readonly Entry[] NoEntries = NewEntries();
    static readonly byte[] NoTokens = new byte[TokenSize];

    readonly byte[] _entryAtPlace = new byte[PlaceMask + 1];
    Entry[] _entries = NoEntries;

    // Each entry's key as it stands in a line, with its quotes and colon.
    byte[] _tokens = NoTokens;

    /// <summary>Recognises the key that came at the same place of an earlier line; the value then begins behind its closing quote and colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPredict(ReadOnlySpan<byte> line, int at, short node, int place, out JsonKey key)
    {
        var slot = _entryAtPlace[place & PlaceMask];
        ref readonly var entry = ref _entries[slot];
        key = entry.Key;
        return entry.Node == node && line[at..].StartsWith(_tokens.AsSpan(slot * TokenSize, entry.Key.Length + 3));
    }

    /// <summary>Looks a key up in the object of a node, as <see cref="JsonPaths.Find"/> does.</summary>
    public JsonKey Find(short node, ReadOnlySpan<byte> text, int place)
    {
        var hash = JsonKeyHash.Of(text);
        if (text.Length > LongestKey)
        {
            return new(text.Length, hash, paths.Find(node, text));
        }

        if (_entries == NoEntries)
        {
            _entries = NewEntries();
            _tokens = new byte[TokenSize << Bits];
        }

        var slot = (byte)((hash >> (64 - Bits)) ^ (uint)node);
        ref var entry = ref _entries[slot];
        var token = _tokens.AsSpan(slot * TokenSize, TokenSize);
        if (entry.Node != node || entry.Key.Hash != hash || !token.Slice(1, entry.Key.Length).SequenceEqual(text))
        {
            entry = new(node, new(text.Length, hash, paths.Find(node, text)));
            token[0] = (byte)'"';
            text.CopyTo(token[1..]);
            "\":"u8.CopyTo(token[(text.Length + 1)..]);
        }

        _entryAtPlace[place & PlaceMask] = slot;
        return entry.Key;
    }

    static Entry[] NewEntries()
    {
        var entries = new Entry[1 << Bits];
        Array.Fill(entries, new(JsonPaths.Nowhere, default));
        return entries;
    }

    readonly record struct Entry(short Node, JsonKey Key);
}
