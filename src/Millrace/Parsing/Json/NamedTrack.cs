using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;

namespace Millrace.Parsing.Json;

/// <summary>
/// The names of a log's lines, keys of JSON or others, as they follow each other. A log repeats its keys, mostly in the same order: where a key is expected and stands there,
/// nothing has to be searched, looked up or put off until the whole line is known. Serves one thread.
/// </summary>
/// <remarks>
/// Learns from lines that a <see cref="NamedLine"/> has read, and gives up on every line that is unusual in any way: an unknown key, a key or a column that
/// comes twice, an object in which something is wanted, a value of the wrong kind, broken syntax. Such a line is left to the slower reading, so that what is
/// accepted and what comes out never depends on what was learnt.
/// </remarks>
abstract partial class NamedTrack(JsonPlan plan, NamedLine slow, JsonFieldReader reader, LocalZone zone)
{
    /// <summary>The place before the first key.</summary>
    protected const int Start = 0;

    // As many as there are bits that tell whether a key was met in the line.
    const int MostKeys = 64;
    const int LongestToken = 64;
    const int Successors = 3;

    // What there is until a line was learnt: telling a file's format makes many parsers, most of which read none.
    static readonly Key[] NoKeys = new Key[1];
    static readonly byte[] NoTokens = new byte[LongestToken];

    Key[] _keys = NoKeys;

    // Each key as it stands in a line, from the value before it to its own: for JSON a comma or the opening brace, quotes, colon and what white space there is.
    byte[] _tokens = NoTokens;

    // Of each key the hash of its text, by which it is found.
    ulong[] _hashes = [];
    Func<JsonWant, bool> _isWanted = static _ => true;
    bool _wantsAttributes = true;
    int _count = 1;

    // The bits of the keys that every line of the format has, as far as they are known, and how many they are.
    ulong _required;
    int _requiredCount;

    /// <summary>What is known of a key, and which keys came after it, the latest first.</summary>
    protected struct Key
    {
        public int TokenLength;
        public JsonStep Step;
        public JsonWant Want;
        public Filling Filling;
        public byte Field;

        // The bit of this key and of all others that mean the same.
        public ulong Bit;

        // Where the key's own text stands in its token.
        public byte TextStart;
        public byte TextLength;
        public byte Next0;
        public byte Next1;
        public byte Next2;
    }

    /// <summary>What becomes of a key's value.</summary>
    protected enum Filling : byte
    {
        /// <summary>A text field, whether the value is a string or a number.</summary>
        Text,

        /// <summary>A text field, for strings only.</summary>
        String,

        /// <summary>Nothing has the key's name: an attribute.</summary>
        Attribute,

        /// <summary>No one will look at it: its syntax is checked, and that is all.</summary>
        Nothing,

        /// <summary>A time.</summary>
        Time,

        /// <summary>A number of few digits, or else whatever <see cref="JsonFieldReader"/> makes of it.</summary>
        Number,

        /// <summary>Whatever <see cref="JsonFieldReader"/> makes of it.</summary>
        Other,
    }

    /// <summary>
    /// False until a line was remembered. <see cref="TryRead"/> reads nothing before, and asking it would have it compiled, for JSON into 4 KiB of code, also where a
    /// format is only tried on a log that is none of its own.
    /// </summary>
    public bool HasLearnt => _count > 1;

    /// <summary>What is known of the keys, by their numbers.</summary>
    protected Key[] Keys => _keys;

    /// <summary>
    /// Reads a line into fields, which must be cleared; false where it has to be read the slower way, with whatever is in the fields by then.
    /// </summary>
    public abstract bool TryRead(ReadOnlySpan<byte> line, LineFields fields);

    /// <summary>Where the value of a member begins and ends; a key's token ends where its value begins.</summary>
    protected abstract (int Start, int End) PlaceOf(ReadOnlySpan<byte> line, in JsonMember member);

    /// <summary>Leaves slots unfilled that are not wanted, and attributes if they are not. Forgets what was learnt.</summary>
    public void Narrow(Func<JsonWant, bool> isWanted, bool wantsAttributes)
    {
        _isWanted = isWanted;
        _wantsAttributes = wantsAttributes;
        (_keys, _tokens) = (NoKeys, NoTokens);
        _count = 1;
        _required = 0;
        _requiredCount = 0;
    }

    /// <summary>
    /// Remembers the keys of a line that was read. A line with escaped or repeated keys, or with keys whose meaning depends on the other keys,
    /// is not remembered.
    /// </summary>
    public void Learn(ReadOnlySpan<byte> line)
    {
        if (_keys == NoKeys)
        {
            _keys = new Key[MostKeys];
            _tokens = new byte[MostKeys * LongestToken];
            _hashes = new ulong[MostKeys];
        }

        var before = Start;
        var end = 0;
        foreach (ref readonly var member in slow.Members)
        {
            var (valueStart, valueEnd) = PlaceOf(line, member);
            var token = line[end..valueStart];
            if (member.KeyHasEscape || token.Length > LongestToken || !TryFind(token, member, member.KeyStart - end, out var key))
            {
                return;
            }

            Link(before, key);
            before = key;
            end = valueEnd;
        }
    }

    bool TryFind(ReadOnlySpan<byte> token, in JsonMember member, int textStart, out int key)
    {
        var step = member.Step;
        for (key = 0; _hashes.AsSpan((key + 1).._count).IndexOf(member.KeyHash) is var next and >= 0;)
        {
            key += 1 + next;
            if (_tokens.AsSpan(key * LongestToken, _keys[key].TokenLength).SequenceEqual(token))
            {
                return true;
            }
        }

        key = _count;

        var wants = step.Path >= 0 ? plan.WantsOfPath[step.Path] : [];
        var isPartOfRecord = step.Path >= 0 && (step.Path == plan.PartitionKey || step.Path == plan.Wrapped);
        if (_count == MostKeys || wants.Length > 1 || isPartOfRecord || (wants.Length == 1 && !IsPlain(wants[0])))
        {
            return false;
        }

        token.CopyTo(_tokens.AsSpan(key * LongestToken));
        _hashes[key] = member.KeyHash;
        ref var added = ref _keys[key];
        added = new() { TokenLength = token.Length, Step = step, TextStart = (byte)textStart, TextLength = (byte)member.KeyLength };
        added.Bit = BitOf(key);
        added.Filling = wants is [var want] ? FillingOf(want) : _wantsAttributes ? Filling.Attribute : Filling.Nothing;
        if (wants.Length == 1)
        {
            added.Want = wants[0];
            added.Field = (byte)wants[0].Field;
        }

        if (step.Path >= 0 && plan.Required.Contains(step.Path) && (_required & added.Bit) == 0)
        {
            _required |= added.Bit;
            _requiredCount++;
        }

        _count++;
        return true;
    }

    /// <summary>The bit of a key that is about to be added: that of an earlier one of the same path or the same text, else its own.</summary>
    ulong BitOf(int key)
    {
        for (var other = 1; other < key; other++)
        {
            if ((_keys[other].Step.Path >= 0 && _keys[other].Step.Path == _keys[key].Step.Path) || TextOf(other).SequenceEqual(TextOf(key)))
            {
                return _keys[other].Bit;
            }
        }

        return 1UL << key;
    }

    ReadOnlySpan<byte> TextOf(int key) => _tokens.AsSpan((key * LongestToken) + _keys[key].TextStart, _keys[key].TextLength);

    /// <summary>True where the value of a key goes into one field, whatever the other keys of the line are.</summary>
    static bool IsPlain(in JsonWant want) => want.Slot < MostKeys && want.Field is >= 0 and <= byte.MaxValue;

    Filling FillingOf(JsonWant want) => !_isWanted(want) ? Filling.Nothing : want.Syntax switch
    {
        JsonFieldSyntax.Integer or JsonFieldSyntax.Count or JsonFieldSyntax.Status or JsonFieldSyntax.Duration => Filling.Number,
        JsonFieldSyntax.Text or JsonFieldSyntax.FirstText or JsonFieldSyntax.TextBytes => Filling.Text,
        JsonFieldSyntax.OnlyString => Filling.String,
        JsonFieldSyntax.AnyTime or JsonFieldSyntax.IsoTime => Filling.Time,
        _ => Filling.Other,
    };

    void Link(int before, int key)
    {
        ref var known = ref _keys[before];
        if (known.Next0 == key)
        {
            return;
        }

        (known.Next0, known.Next1, known.Next2) = known.Next1 == key
            ? ((byte)key, known.Next0, known.Next2)
            : ((byte)key, known.Next0, known.Next1);
    }

    /// <summary>The key that stands at a place; 0 where none of the expected ones does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Follow(ReadOnlySpan<byte> line, int at, in Key before)
    {
        if (Stands(line, at, before.Next0))
        {
            return before.Next0;
        }

        return Stands(line, at, before.Next1) ? before.Next1 : Stands(line, at, before.Next2) ? before.Next2 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Stands(ReadOnlySpan<byte> line, int at, int key)
    {
        var length = _keys[key].TokenLength;
        ref var token = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_tokens), key * LongestToken);
        if (at + Vector256<byte>.Count <= line.Length && length <= Vector256<byte>.Count)
        {
            var same = Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)at), Vector256.LoadUnsafe(ref token)).ExtractMostSignificantBits();
            return length > 0 && BitOperations.TrailingZeroCount(~same) >= length;
        }

        return length > 0 && at <= line.Length && line[at..].StartsWith(MemoryMarshal.CreateReadOnlySpan(ref token, length));
    }
}
