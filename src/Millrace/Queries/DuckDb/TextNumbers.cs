using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Millrace.Events;

namespace Millrace.Queries.DuckDb;

/// <summary>
/// Gives texts numbers, the same text always the same one, so that rows which are stored and sorted hold numbers where logs repeat themselves. What the texts of some columns take is bounded: once it is
/// reached, <see cref="IsFull"/> is set and what the numbers say is of no use.
/// </summary>
/// <remarks>
/// Several threads may ask at once: looking up takes no lock, since texts and their entries never move and an entry is published after it is written. The hash is seeded anew for each table, so that no log
/// can be written to collide.
/// </remarks>
sealed unsafe class TextNumbers : IDisposable
{
    const int InlineLength = 12;
    const int EntriesOfChunk = 1 << 14;
    const int MostChunks = 1 << 14;
    const int TextsOfChunk = 1 << 20;
    const int EntryOverhead = 48;
    const ulong Mix = 0x9E3779B97F4A7C15;

    static readonly EventColumn[] OftenRepeated =
    [
        EventColumn.Service, EventColumn.Caller, EventColumn.ClientIp, EventColumn.User, EventColumn.Method, EventColumn.Path, EventColumn.Query, EventColumn.Endpoint, EventColumn.Protocol,
        EventColumn.Referrer, EventColumn.UserAgent, EventColumn.Host, EventColumn.Region, EventColumn.Level, EventColumn.Logger, EventColumn.File,
    ];

    readonly long _mostBytes;
    readonly HashSet<EventColumn> _columns = [.. OftenRepeated];
    readonly long[] _bytesOf = new long[EventColumns.Count];
    readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    readonly Entry*[] _entries = new Entry*[MostChunks];
    readonly List<nint> _memory = [];
    readonly Lock _gate = new();
    ulong[] _slots = new ulong[1 << 12];
    uint[] _ranks = [];
    int _count;
    long _bytes;
    byte* _free;
    int _freeBytes;

    /// <summary>Begins with the columns whose texts logs repeat most.</summary>
    /// <param name="mostBytes">How much memory the texts may take.</param>
    public TextNumbers(long mostBytes) => _mostBytes = mostBytes;

    /// <summary>Whether a column holds numbers.</summary>
    public bool Holds(EventColumn column) => _columns.Contains(column);

    /// <summary>True where there were more texts than there is memory for.</summary>
    public bool IsFull { get; private set; }

    /// <summary>A text as DuckDB keeps it in vectors: its length, and its bytes or where they are.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public int Length;
        public fixed byte Inline[4];
        public byte* Pointer;
    }

    /// <summary>The entry of a number.</summary>
    public ref readonly Entry this[uint number] => ref _entries[number / EntriesOfChunk][number % EntriesOfChunk];

    /// <summary>The number of a text. Where there is no memory for it, any.</summary>
    public uint Of(EventColumn column, ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        return TryFind(Volatile.Read(ref _slots), hash, text, out var number) ? number : Add(column, hash, text);
    }

    /// <summary>The place of a number's text among all texts when <see cref="Rank"/> was called.</summary>
    public uint RankOf(uint number) => _ranks[number];

    /// <summary>Ranks the texts that there are by their bytes.</summary>
    public void Rank()
    {
        var prefixes = new ulong[_count];
        var numbers = new uint[_count];
        for (uint number = 0; number < numbers.Length; number++)
        {
            prefixes[number] = Prefix(TextOf(this[number]));
            numbers[number] = number;
        }

        Array.Sort(prefixes, numbers);
        for (var start = 0; start < numbers.Length;)
        {
            var end = start + 1;
            while (end < numbers.Length && prefixes[end] == prefixes[start])
            {
                end++;
            }

            numbers.AsSpan(start..end).Sort((one, other) => TextOf(this[one]).SequenceCompareTo(TextOf(this[other])));
            start = end;
        }

        _ranks = new uint[numbers.Length];
        for (uint rank = 0; rank < numbers.Length; rank++)
        {
            _ranks[numbers[rank]] = rank;
        }
    }

    /// <summary>Lets go of the column that needs most, for good, and of every number.</summary>
    public void GiveUpColumn()
    {
        _columns.Remove(_columns.MaxBy(column => _bytesOf[(int)column]));
        Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    /// <summary>Lets go of every number.</summary>
    public void Clear()
    {
        foreach (var chunk in _memory)
        {
            NativeMemory.Free((void*)chunk);
        }

        _memory.Clear();
        Array.Clear(_bytesOf);
        _slots = new ulong[1 << 12];
        _ranks = [];
        (_count, _bytes, _freeBytes, IsFull) = (0, 0, 0, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool TryFind(ulong[] slots, uint hash, ReadOnlySpan<byte> text, out uint number)
    {
        for (var at = hash; ; at++)
        {
            // The upper half is the hash, the lower one the number, from 1.
            var slot = Volatile.Read(ref slots[at & (uint)(slots.Length - 1)]);
            number = (uint)slot - 1;
            if (slot == 0)
            {
                return false;
            }

            if ((uint)(slot >> 32) == hash && text.SequenceEqual(TextOf(this[number])))
            {
                return true;
            }
        }
    }

    uint Add(EventColumn column, uint hash, ReadOnlySpan<byte> text)
    {
        lock (_gate)
        {
            if (TryFind(_slots, hash, text, out var number))
            {
                return number;
            }

            var bytes = text.Length + EntryOverhead;
            if (_bytes + bytes > _mostBytes || _count == EntriesOfChunk * MostChunks)
            {
                IsFull = true;
                return 0;
            }

            _bytes += bytes;
            _bytesOf[(int)column] += bytes;
            number = (uint)_count++;
            Write(number, text);
            if (_count * 2 > _slots.Length)
            {
                Grow();
            }

            Put(_slots, hash, number);
            return number;
        }
    }

    void Write(uint number, ReadOnlySpan<byte> text)
    {
        ref var chunk = ref _entries[number / EntriesOfChunk];
        if (number % EntriesOfChunk == 0)
        {
            chunk = (Entry*)Allocate(EntriesOfChunk * sizeof(Entry));
        }

        var entry = chunk + (number % EntriesOfChunk);
        *entry = new Entry { Length = text.Length };
        if (text.Length <= InlineLength)
        {
            text.CopyTo(new Span<byte>(entry->Inline, InlineLength));
            return;
        }

        text[..sizeof(uint)].CopyTo(new Span<byte>(entry->Inline, sizeof(uint)));
        entry->Pointer = Keep(text);
    }

    byte* Keep(ReadOnlySpan<byte> text)
    {
        if (text.Length > _freeBytes)
        {
            _freeBytes = Math.Max(text.Length, TextsOfChunk);
            _free = Allocate(_freeBytes);
        }

        var kept = _free;
        text.CopyTo(new Span<byte>(kept, text.Length));
        _free += text.Length;
        _freeBytes -= text.Length;
        return kept;
    }

    byte* Allocate(int bytes)
    {
        var chunk = (byte*)NativeMemory.Alloc((nuint)bytes);
        _memory.Add((nint)chunk);
        return chunk;
    }

    void Grow()
    {
        var slots = new ulong[_slots.Length * 4];
        foreach (var slot in _slots)
        {
            if (slot != 0)
            {
                Put(slots, (uint)(slot >> 32), (uint)slot - 1);
            }
        }

        Volatile.Write(ref _slots, slots);
    }

    static void Put(ulong[] slots, uint hash, uint number)
    {
        var at = hash;
        while (slots[at & (uint)(slots.Length - 1)] != 0)
        {
            at++;
        }

        Volatile.Write(ref slots[at & (uint)(slots.Length - 1)], ((ulong)hash << 32) | (number + 1));
    }

    static ReadOnlySpan<byte> TextOf(in Entry entry)
    {
        fixed (Entry* at = &entry)
        {
            return new ReadOnlySpan<byte>(entry.Length <= InlineLength ? at->Inline : at->Pointer, entry.Length);
        }
    }

    /// <summary>The first bytes as a number that sorts as they do.</summary>
    static ulong Prefix(ReadOnlySpan<byte> text)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        first.Clear();
        text[..Math.Min(text.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = _seed ^ (ulong)text.Length;
        var rest = text;
        while (rest.Length >= sizeof(ulong))
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest));
            rest = rest[sizeof(ulong)..];
        }

        if (!rest.IsEmpty)
        {
            var last = text.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]) : Short(rest);
            hash = Fold(hash ^ last);
        }

        hash = Fold(hash);
        return (uint)(hash ^ (hash >> 32));
    }

    static ulong Short(ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        foreach (var b in text)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    // The product's two halves together: every bit of the input reaches every bit of the hash.
    ulong Fold(ulong value)
    {
        var high = Math.BigMul(value ^ _seed, Mix ^ (_seed << 1), out var low);
        return high ^ low;
    }
}
