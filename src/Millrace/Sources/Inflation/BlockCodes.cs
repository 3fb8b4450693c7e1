using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Millrace.Sources.Inflation;

/// <summary>The codes of a block, and a table for the fast loop that tells several symbols at once.</summary>
sealed class BlockCodes
{
    /// <summary>How many bits a look for a literal or a length takes in.</summary>
    public const int LiteralBits = 11;

    /// <summary>How many bits a look for a distance takes in.</summary>
    public const int DistanceBits = 9;

    /// <summary>Where in <see cref="First"/> the table of literals and lengths begins.</summary>
    public const int LiteralStart = 1 << LiteralBits;

    /// <summary>Where in <see cref="First"/> the table of distances begins.</summary>
    public const int DistanceStart = LiteralStart + (1 << LiteralBits) + ((Codes.LiteralSymbols / 2) << (Codes.LongestCode - LiteralBits));

    readonly uint[] _entries = new uint[DistanceStart + CodeTable.SizeOf(DistanceBits, Codes.DistanceSymbols)];

    public BlockCodes()
    {
        Debug.Assert(LiteralStart + CodeTable.SizeOf(LiteralBits, Codes.LiteralSymbols) == DistanceStart);
        Literals = new(_entries, LiteralStart, LiteralBits, Codes.LiteralSymbols);
        Distances = new(_entries, DistanceStart, DistanceBits, Codes.DistanceSymbols);
    }

    /// <summary>Literals, lengths and the end of the block.</summary>
    public CodeTable Literals { get; }

    /// <summary>Distances.</summary>
    public CodeTable Distances { get; }

    /// <summary>
    /// The first of all entries, of which a fast loop needs to know only this one. They begin with what the next <see cref="LiteralBits"/> bits mean, as in
    /// <see cref="Codes"/>: all of them together after <see cref="Join"/>, and their first symbol before. Then come <see cref="Literals"/> and <see cref="Distances"/>.
    /// </summary>
    public ref uint First => ref _entries[0];

    /// <summary>True after <see cref="Join"/>.</summary>
    public bool AreJoined { get; private set; }

    Span<uint> Runs => _entries.AsSpan(0, 1 << LiteralBits);

    /// <summary>The codes that need no description (RFC 1951, 3.2.6).</summary>
    public static BlockCodes MakeFixed()
    {
        var lengths = new byte[Codes.LiteralSymbols];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        var distances = new byte[Codes.DistanceSymbols];
        distances.AsSpan().Fill(5);
        var codes = new BlockCodes();
        var isBuilt = codes.TryBuild(lengths, distances);
        Debug.Assert(isBuilt);
        codes.Join();
        return codes;
    }

    /// <summary>Makes the tables for a block; false where its codes are illegal.</summary>
    public bool TryBuild(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        var isLegal = literalLengths[Codes.EndSymbol] != 0
            && Literals.TryBuild(literalLengths, Codes.Literals, mayLack: true)
            && Distances.TryBuild(distanceLengths, Codes.Distances, mayLack: true);
        if (isLegal)
        {
            Literals.Roots.CopyTo(Runs);
            AreJoined = false;
        }

        return isLegal;
    }

    /// <summary>
    /// Joins a literal with what follows it, another literal or a length, where its code is among the same <see cref="LiteralBits"/> bits, so that one look finds
    /// both. This takes as long as decoding some kilobytes, and pays in a long block.
    /// </summary>
    public void Join()
    {
        ReadOnlySpan<uint> entries = Literals.Roots;
        var runs = Runs;
        Span<uint> additions = stackalloc uint[1 << (LiteralBits - 1)];
        for (var i = 0; i < additions.Length; i++)
        {
            additions[i] = AdditionOf(entries[i]);
        }

        for (var bits = 0; bits < runs.Length; bits++)
        {
            var entry = entries[bits];
            var room = (entry & Codes.IsLiteral) != 0 ? LiteralBits - Codes.BitsOf(entry) : 0;
            var addition = additions[(bits >> Codes.BitsOf(entry)) & (additions.Length - 1)];
            runs[bits] = entry + (Codes.CodeBitsOf(addition) <= room ? addition : 0);
        }

        AreJoined = true;
    }

    /// <summary>
    /// What an entry adds to that of a literal before it: all of it, but that a literal is the second then, and that a length makes the sum no mere literal.
    /// What cannot be added takes more bits than there are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint AdditionOf(uint entry)
    {
        if ((entry & Codes.IsSpecial) != 0)
        {
            return Codes.LongestCode << Codes.CodeShift;
        }

        var literal = (entry & Codes.IsLiteral) != 0 ? entry >> Codes.ValueShift : 0;
        return entry - (literal << Codes.ValueShift) + (literal << Codes.SecondShift) - Codes.IsLiteral;
    }
}
