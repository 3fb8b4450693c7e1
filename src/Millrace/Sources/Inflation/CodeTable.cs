using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Millrace.Sources.Inflation;

/// <summary>
/// Finds the symbol whose code comes next by looking at the next bits at once (RFC 1951, 3.2.2). Codes longer than the bits that are looked at are found by a
/// second look: the entry is then a link, whose value is where the further entries begin and whose code bits are how many bits to look at there.
/// Whatever the bits, a look stays inside the table.
/// </summary>
/// <param name="rootBits">How many bits are looked at first.</param>
/// <param name="mostSymbols">How many symbols there can be.</param>
sealed class CodeTable(int rootBits, int mostSymbols)
{
    // A second table has at least two of the symbols, and an entry for each value of the bits that a first look leaves.
    readonly uint[] _entries = new uint[(1 << rootBits) + ((mostSymbols / 2) << (Codes.LongestCode - rootBits))];

    /// <summary>The entries: first those for every value of the first bits, then those that links lead to.</summary>
    public ReadOnlySpan<uint> Entries => _entries;

    /// <summary>The first entry.</summary>
    public ref uint First => ref _entries[0];

    /// <summary>The entry for the bits that come next, which may be more than its code takes. Bits that are not there yet may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(ulong bits, out int linkBits)
    {
        var entry = _entries[bits & ((1u << rootBits) - 1)];
        linkBits = 0;
        if (IsLink(entry))
        {
            linkBits = rootBits;
            entry = _entries[(entry >> Codes.ValueShift) + ((bits >> rootBits) & ((1u << Codes.CodeBitsOf(entry)) - 1))];
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
        Debug.Assert(lengths.Length <= mostSymbols && lengths.Length <= symbols.Length);
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

        if (code + counts[Codes.LongestCode] != 1 << Codes.LongestCode)
        {
            var isBare = !counts[2..].ContainsAnyExcept(0);
            if (!mayLack || !isBare)
            {
                return false;
            }

            _entries.AsSpan(0, 1 << rootBits).Fill(Codes.Invalid | (1 << Codes.CodeShift) | 1);
        }

        Fill(lengths, symbols, codes);
        return true;
    }

    void Fill(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, Span<int> codes)
    {
        Span<ushort> longSymbols = stackalloc ushort[mostSymbols];
        Span<ushort> longCodes = stackalloc ushort[mostSymbols];
        var longOnes = 0;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            var reversed = Reverse(codes[length]++, length);
            if (length > rootBits)
            {
                (longSymbols[longOnes], longCodes[longOnes++]) = ((ushort)symbol, (ushort)reversed);
                continue;
            }

            Spread(_entries.AsSpan(0, 1 << rootBits), reversed, length, symbols[symbol], length);
        }

        if (longOnes > 0)
        {
            FillLong(lengths, symbols, longSymbols[..longOnes], longCodes[..longOnes]);
        }
    }

    void FillLong(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, ReadOnlySpan<ushort> longSymbols, ReadOnlySpan<ushort> longCodes)
    {
        // The longest code behind each first look says how many bits the second looks at.
        var mask = (1 << rootBits) - 1;
        foreach (var code in longCodes)
        {
            _entries[code & mask] = 0;
        }

        for (var i = 0; i < longCodes.Length; i++)
        {
            ref var root = ref _entries[longCodes[i] & mask];
            root = Math.Max(root, (uint)(lengths[longSymbols[i]] - rootBits));
        }

        var next = 1 << rootBits;
        for (var i = 0; i < longCodes.Length; i++)
        {
            ref var root = ref _entries[longCodes[i] & mask];
            if (root <= Codes.LongestCode)
            {
                var bits = root;
                root = Codes.IsSpecial | ((uint)next << Codes.ValueShift) | (bits << Codes.CodeShift) | (uint)rootBits;
                next += 1 << (int)bits;
                Debug.Assert(next <= _entries.Length);
            }

            var length = lengths[longSymbols[i]] - rootBits;
            var further = _entries.AsSpan((int)(root >> Codes.ValueShift), 1 << Codes.CodeBitsOf(root));
            Spread(further, longCodes[i] >> rootBits, length, symbols[longSymbols[i]], length);
        }
    }

    /// <summary>Puts a symbol wherever the lower bits are its code.</summary>
    static void Spread(Span<uint> entries, int code, int step, uint symbol, int length)
    {
        var entry = symbol + (uint)((length << Codes.CodeShift) + length);
        for (var at = code; at < entries.Length; at += 1 << step)
        {
            entries[at] = entry;
        }
    }

    /// <summary>Codes come with their first bit lowest.</summary>
    static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }
}
