using System.Diagnostics;

namespace Millrace.Sources.Inflation;

/// <summary>The codes of a block, and a table for the fast loop that tells several symbols at once.</summary>
sealed class BlockCodes
{
    /// <summary>How many bits a look for a literal or a length takes in.</summary>
    public const int LiteralBits = 11;

    /// <summary>How many bits a look for a distance takes in.</summary>
    public const int DistanceBits = 9;

    readonly uint[] _runs = new uint[1 << LiteralBits];

    /// <summary>Literals, lengths and the end of the block.</summary>
    public CodeTable Literals { get; } = new(LiteralBits, Codes.Literals.Length);

    /// <summary>Distances.</summary>
    public CodeTable Distances { get; } = new(DistanceBits, Codes.Distances.Length);

    /// <summary>
    /// What the next <see cref="LiteralBits"/> bits mean together, as in <see cref="Codes"/>: a literal and what follows it, another literal or a length, where
    /// its code is among these bits. All else is as in <see cref="Literals"/>.
    /// </summary>
    public ref uint FirstRun => ref _runs[0];

    /// <summary>The codes that need no description (RFC 1951, 3.2.6).</summary>
    public static BlockCodes MakeFixed()
    {
        var lengths = new byte[Codes.Literals.Length];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        var distances = new byte[Codes.Distances.Length];
        distances.AsSpan().Fill(5);
        var codes = new BlockCodes();
        var isBuilt = codes.TryBuild(lengths, distances);
        Debug.Assert(isBuilt);
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
            MakeRuns();
        }

        return isLegal;
    }

    void MakeRuns()
    {
        var entries = Literals.Entries[.._runs.Length];
        for (var bits = 0; bits < entries.Length; bits++)
        {
            var entry = entries[bits];
            if ((entry & Codes.IsLiteral) != 0)
            {
                var used = entry & 63;
                var next = entries[bits >> (int)used];
                if ((next & Codes.IsSpecial) == 0 && used + Codes.CodeBitsOf(next) <= LiteralBits)
                {
                    entry = Join(entry, next, used);
                }
            }

            _runs[bits] = entry;
        }
    }

    /// <summary>A literal and a symbol after it: the sum of both, but that a length after it makes it no mere literal.</summary>
    static uint Join(uint literal, uint next, uint used) => (next & Codes.IsLiteral) != 0
        ? literal + (next & 63) + ((next & 63) << Codes.CodeShift) + (1 << Codes.CountShift) + ((next >> Codes.ValueShift) << Codes.SecondShift)
        : next + used + (used << Codes.CodeShift) + (literal & (3 << Codes.CountShift)) + ((literal >> Codes.ValueShift) << Codes.ValueShift);
}
