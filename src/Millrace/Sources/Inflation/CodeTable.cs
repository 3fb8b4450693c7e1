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

        if (code + counts[Codes.LongestCode] != 1 << Codes.LongestCode)
        {
            var isBare = !counts[2..].ContainsAnyExcept(0);
            if (!mayLack || !isBare)
            {
                return false;
            }

            Roots.Fill(Codes.Invalid | (1 << Codes.CodeShift) | 1);
        }

        Fill(lengths, symbols, codes);
        return true;
    }

    void Fill(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, Span<int> codes)
    {
        var roots = Roots;
        Span<ushort> longSymbols = stackalloc ushort[_mostSymbols];
        Span<ushort> longCodes = stackalloc ushort[_mostSymbols];
        var longOnes = 0;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            var reversed = Reverse(codes[length]++, length);
            if (length > _rootBits)
            {
                (longSymbols[longOnes], longCodes[longOnes++]) = ((ushort)symbol, (ushort)reversed);
                continue;
            }

            Spread(roots, reversed, length, symbols[symbol], length);
        }

        if (longOnes > 0)
        {
            FillLong(lengths, symbols, longSymbols[..longOnes], longCodes[..longOnes]);
        }
    }

    void FillLong(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, ReadOnlySpan<ushort> longSymbols, ReadOnlySpan<ushort> longCodes)
    {
        var entries = Entries;

        // The longest code behind each first look says how many bits the second looks at.
        var mask = (1 << _rootBits) - 1;
        foreach (var code in longCodes)
        {
            entries[code & mask] = 0;
        }

        for (var i = 0; i < longCodes.Length; i++)
        {
            ref var root = ref entries[longCodes[i] & mask];
            root = Math.Max(root, (uint)(lengths[longSymbols[i]] - _rootBits));
        }

        var next = 1 << _rootBits;
        for (var i = 0; i < longCodes.Length; i++)
        {
            ref var root = ref entries[longCodes[i] & mask];
            if (root <= Codes.LongestCode)
            {
                var bits = root;
                root = Codes.IsSpecial | ((uint)next << Codes.ValueShift) | (bits << Codes.CodeShift) | (uint)_rootBits;
                next += 1 << (int)bits;
                Debug.Assert(next <= entries.Length);
            }

            var length = lengths[longSymbols[i]] - _rootBits;
            var further = entries.Slice((int)(root >> Codes.ValueShift), 1 << Codes.CodeBitsOf(root));
            Spread(further, longCodes[i] >> _rootBits, length, symbols[longSymbols[i]], length);
        }
    }

    /// <summary>Puts a symbol wherever the lower bits are its code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Spread(Span<uint> entries, int code, int step, uint symbol, int length)
    {
        var entry = symbol + (uint)((length << Codes.CodeShift) + length);
        for (var at = code; at < entries.Length; at += 1 << step)
        {
            entries[at] = entry;
        }
    }

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
