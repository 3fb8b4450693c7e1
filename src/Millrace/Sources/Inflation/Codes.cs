namespace Millrace.Sources.Inflation;

/// <summary>
/// What the symbols of RFC 1951 stand for, as entries of a <see cref="CodeTable"/> that lack only the length of their code.
/// <para>
/// An entry is one number, so that one load tells all about a symbol:
/// <list type="bullet">
/// <item>bits 0 to 5 say how many bits it takes, extra bits included, and bits 8 to 11 how many of these are its code; bits 6 and 7 are 0;</item>
/// <item>bit 12 is <see cref="IsLiteral"/>, bit 13 <see cref="IsSpecial"/>; neither is set for lengths and distances;</item>
/// <item>bits 14 and 15 are the number of literals;</item>
/// <item>the rest is the smallest distance; or a literal in its lower half and, in its upper half, the smallest length less 3 or a second literal.</item>
/// </list>
/// </para>
/// </summary>
static class Codes
{
    /// <summary>There are only literals, no length.</summary>
    public const uint IsLiteral = 1 << 12;

    /// <summary>The entry is none of a literal, a length or a distance: a link to longer codes, the end of the block, or no code at all.</summary>
    public const uint IsSpecial = 1 << 13;

    /// <summary>Marks the end of a block, where a link has its start.</summary>
    public const uint EndOfBlock = IsSpecial | (0xfffeu << ValueShift);

    /// <summary>A code that may not occur, or bits that are no code.</summary>
    public const uint Invalid = IsSpecial | (0xffffu << ValueShift);

    /// <summary>Where the length of the code begins.</summary>
    public const int CodeShift = 8;

    /// <summary>Where the number of literals is.</summary>
    public const int CountShift = 14;

    /// <summary>Where a distance or a literal begins.</summary>
    public const int ValueShift = 16;

    /// <summary>Where a length or the second literal begins.</summary>
    public const int SecondShift = 24;

    /// <summary>The shortest match.</summary>
    public const int ShortestMatch = 3;

    /// <summary>The greatest number of bits in a code.</summary>
    public const int LongestCode = 15;

    /// <summary>How many symbols the fixed code has: literals, the end of the block, lengths, and two that may not occur and that no other code has.</summary>
    public const int LiteralSymbols = 288;

    /// <summary>How many distances the fixed code has, of which two may not occur and no other code has them.</summary>
    public const int DistanceSymbols = 32;

    /// <summary>How many symbols a block may bring codes for.</summary>
    public const int MostLiterals = LiteralSymbols - 2;

    /// <summary>How many distances a block may bring codes for.</summary>
    public const int MostDistances = DistanceSymbols - 2;

    /// <summary>The longest match.</summary>
    public const int LongestMatch = 258;

    /// <summary>How far back a match may reach.</summary>
    public const int Window = 32 * 1024;

    /// <summary>The symbol that ends a block.</summary>
    public const int EndSymbol = 256;

    /// <summary>Literals, the end of the block and lengths (3.2.5).</summary>
    public static uint[] Literals { get; } = MakeLiterals();

    /// <summary>Distances (3.2.5).</summary>
    public static uint[] Distances { get; } = MakeDistances();

    /// <summary>The lengths of codes and how they repeat (3.2.7).</summary>
    public static uint[] Lengths { get; } = [.. Enumerable.Range(0, 19).Select(symbol => (uint)symbol << ValueShift)];

    /// <summary>The order in which a block gives the lengths of the codes for lengths (3.2.7).</summary>
    public static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>How many bits a symbol takes, extra bits included.</summary>
    public static int BitsOf(uint entry) => (int)(entry & 63);

    /// <summary>How many bits a symbol's code takes, or how many bits a link says to look at.</summary>
    public static int CodeBitsOf(uint entry) => (int)((entry >> CodeShift) & 15);

    static uint[] MakeLiterals()
    {
        var entries = new uint[LiteralSymbols];
        Array.Fill(entries, Invalid);
        for (uint literal = 0; literal < EndSymbol; literal++)
        {
            entries[literal] = IsLiteral | (1 << CountShift) | (literal << ValueShift);
        }

        entries[EndSymbol] = EndOfBlock;
        uint length = 0;
        for (var step = 0; step < 28; step++)
        {
            var extraBits = (uint)Math.Max(step / 4 - 1, 0);
            entries[EndSymbol + 1 + step] = (length << SecondShift) | extraBits;
            length += 1u << (int)extraBits;
        }

        // The longest match has a symbol of its own.
        entries[MostLiterals - 1] = (uint)(LongestMatch - ShortestMatch) << SecondShift;
        return entries;
    }

    static uint[] MakeDistances()
    {
        var entries = new uint[DistanceSymbols];
        Array.Fill(entries, Invalid);
        uint distance = 1;
        for (var step = 0; step < MostDistances; step++)
        {
            var extraBits = (uint)Math.Max(step / 2 - 1, 0);
            entries[step] = (distance << ValueShift) | extraBits;
            distance += 1u << (int)extraBits;
        }

        return entries;
    }
}
