namespace Millrace.Parsing;

/// <summary>How much of the head of a file one format reads.</summary>
/// <param name="Format">The format.</param>
/// <param name="Binding">The format fixed for the file.</param>
/// <param name="Accepted">How many lines it accepts.</param>
/// <param name="Lines">Of how many.</param>
public sealed record FormatShare(LogFormat Format, FormatBinding Binding, int Accepted, int Lines)
{
    /// <summary>The accepted share, 0 to 1.</summary>
    public double Share => Lines == 0 ? 0 : (double)Accepted / Lines;

    /// <summary>The lines that are of other formats, of the best format of a head.</summary>
    public IReadOnlyList<MixedLines> Others { get; init; } = [];

    /// <summary>Which lines it accepts, one entry a line of the head.</summary>
    internal IReadOnlyList<bool> Reads { get; init; } = [];
}
