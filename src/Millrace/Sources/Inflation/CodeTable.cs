using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Millrace.Sources.Inflation;

/// <summary>
/// Finds the symbol whose code comes next by looking at the next bits at once (RFC 1951, 3.2.2). Codes longer than the bits that are looked at are found by a
/// second look: the entry is then a link, whose value is where the further entries begin and whose code bits are how many bits to look at there.
/// Whatever the bits, a look stays inside the table.
/// </summary>
sealed class CodeTable
{
    static readonly byte[] ReversedBytes = MakeReversedBytes();

    readonly uint[] _entries;
    readonly int _start;
    readonly int _rootBits;
    readonly int _mostSymbols;

    /// <summary>A table that is part of an array.</summary>
    /// <param name="entries">The array.</param>
    /// <param name="start">Where in it the table begins.</param>
    /// <param name="rootBits">How many bits are looked at first.</param>
    /// <param name="mostSymbols">How many symbols there can be.</param>
    public CodeTable(uint[] entries, int start, int rootBits, int mostSymbols)
    {
        Debug.Assert(start + SizeOf(rootBits, mostSymbols) <= entries.Length);
        _entries = entries;
        _start = start;
        _rootBits = rootBits;
        _mostSymbols = mostSymbols;
    }

    /// <summary>The entries for every value of the first bits.</summary>
    public Span<uint> Roots => _entries.AsSpan(_start, 1 << _rootBits);

    Span<uint> Entries => _entries.AsSpan(_start, SizeOf(_rootBits, _mostSymbols));

    /// <summary>
    /// How many entries a table has room for: those for every value of the first bits, and those that links lead to, where at least two symbols share the
    /// entries for each value of the bits that a first look leaves.
    /// </summary>
    public static int SizeOf(int rootBits, int mostSymbols) => (1 << rootBits) + ((mostSymbols / 2) << (Codes.LongestCode - rootBits));

    /// <summary>The entry for the bits that come next, which may be more than its code takes. Bits that are not there yet may be anything.</summary>
    public uint Find(ulong bits, out int linkBits)
    {
        var entry = Roots[(int)bits & ((1 << _rootBits) - 1)];
        linkBits = 0;
        if (IsLink(entry))
        {
            linkBits = _rootBits;
            entry = Entries[(int)(entry >> Codes.ValueShift) + ((int)(bits >> _rootBits) & ((1 << Codes.CodeBitsOf(entry)) - 1))];
        }

        return entry;
    }

    /// <summary>True where an entry leads to longer codes.</summary>
    public static bool IsLink(uint entry) => (entry & Codes.IsSpecial) != 0 && entry < Codes.EndOfBlock;

    /// <summary>
    /// Makes the table for codes of these lengths, one a symbol, 0 for a symbol without a code.
    /// </summary>
    /// <param name="lengths">The length of each symbol's code.</param>
    /// <param name="symbols">What each symbol stands for.</param>
    /// <param name="mayLack">
    /// True where one code of a single bit, or none at all, is legal, as for the distances of a block with few matches or none. Other codes must be complete.
    /// </param>
    /// <returns>False where there are more codes than their lengths allow, or fewer.</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, bool mayLack)
    {
        Debug.Assert(lengths.Length <= _mostSymbols && lengths.Length <= symbols.Length);
        Span<int> counts = stackalloc int[Codes.LongestCode + 1];
        counts.Clear();
        foreach (var length in lengths)
        {
            counts[length]++;
        }

        counts[0] = 0;
        Span<int> codes = stackalloc int[Codes.LongestCode + 1];
        var code = 0;
        for (var length = 1; length <= Codes.LongestCode; length++)
        {
            code = (code + counts[length - 1]) << 1;
            codes[length] = code;
            if (code + counts[length] > 1 << length)
            {
                return false;
            }
        }

        var isComplete = code + counts[Codes.LongestCode] == 1 << Codes.LongestCode;
        if (!isComplete && (!mayLack || counts[2..].ContainsAnyExcept(0)))
        {
            return false;
        }

        Span<ushort> sorted = stackalloc ushort[Codes.LiteralSymbols];
        sorted = sorted[..Sort(lengths, counts, sorted)];
        if (!isComplete)
        {
            Roots.Fill(Codes.Invalid | (1 << Codes.CodeShift) | 1);
        }

        var roots = FillRoots(sorted, symbols, counts, codes);
        FillLinked(sorted[roots..], lengths, symbols, codes);
        return true;
    }

    /// <summary>Sorts the symbols that have codes by their lengths. Returns how many there are.</summary>
    static int Sort(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> counts, Span<ushort> sorted)
    {
        Span<int> next = stackalloc int[Codes.LongestCode + 1];
        next[0] = 0;
        for (var length = 1; length < next.Length; length++)
        {
            next[length] = next[length - 1] + counts[length - 1];
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0)
            {
                sorted[next[lengths[symbol]]++] = (ushort)symbol;
            }
        }

        return next[^1];
    }

    /// <summary>
    /// Fills in the codes that a first look sees whole. With each bit more the table is twice as long: all that is in it means the same whatever that bit is.
    /// Returns how many codes there were.
    /// </summary>
    int FillRoots(ReadOnlySpan<ushort> sorted, ReadOnlySpan<uint> symbols, ReadOnlySpan<int> counts, ReadOnlySpan<int> codes)
    {
        var roots = Roots;
        var done = 0;
        for (var length = 1; length <= _rootBits; length++)
        {
            var half = 1 << (length - 1);
            if (done > 0)
            {
                roots[..half].CopyTo(roots[half..]);
            }

            var code = codes[length];
            foreach (var symbol in sorted.Slice(done, counts[length]))
            {
                roots[Reverse(code++, length)] = EntryOf(symbols[symbol], length);
            }

            done += counts[length];
        }

        return done;
    }

    /// <summary>Fills in the codes that take a second look, and the links to them.</summary>
    void FillLinked(ReadOnlySpan<ushort> sorted, ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, Span<int> codes)
    {
        Span<ushort> own = stackalloc ushort[Codes.LiteralSymbols];
        for (var i = 0; i < sorted.Length; i++)
        {
            own[i] = (ushort)codes[lengths[sorted[i]]]++;
        }

        var entries = Entries;
        var next = 1 << _rootBits;
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            // Those that begin with the same bits follow each other, and the last of them is the longest.
            var prefix = own[first] >> (lengths[sorted[first]] - _rootBits);
            end = first + 1;
            while (end < sorted.Length && own[end] >> (lengths[sorted[end]] - _rootBits) == prefix)
            {
                end++;
            }

            var bits = lengths[sorted[end - 1]] - _rootBits;
            entries[Reverse(prefix, _rootBits)] = Codes.IsSpecial | ((uint)next << Codes.ValueShift) | ((uint)bits << Codes.CodeShift) | (uint)_rootBits;
            var further = entries.Slice(next, 1 << bits);
            next += further.Length;
            for (var i = first; i < end; i++)
            {
                var length = lengths[sorted[i]] - _rootBits;
                var entry = EntryOf(symbols[sorted[i]], length);
                for (var at = Reverse(own[i] & ((1 << length) - 1), length); at < further.Length; at += 1 << length)
                {
                    further[at] = entry;
                }
            }
        }
    }

    static uint EntryOf(uint symbol, int length) => symbol + (uint)((length << Codes.CodeShift) + length);

    /// <summary>Codes come with their first bit lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Reverse(int code, int length) => ((ReversedBytes[(byte)code] << 8) | ReversedBytes[code >> 8]) >> (16 - length);

    static byte[] MakeReversedBytes()
    {
        var reversed = new byte[256];
        for (var value = 1; value < reversed.Length; value++)
        {
            reversed[value] = (byte)((reversed[value >> 1] >> 1) | ((value & 1) << 7));
        }

        return reversed;
    }
}
