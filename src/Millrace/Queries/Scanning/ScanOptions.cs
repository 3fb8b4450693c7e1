using Millrace.Parsing;

namespace Millrace.Queries.Scanning;

/// <summary>How a scan reads.</summary>
sealed record ScanOptions
{
    /// <summary>Which events it gives.</summary>
    public ScanRange Range { get; init; }

    /// <summary>How services, callers and endpoints are named.</summary>
    public NamingRules Rules { get; init; } = new();

    /// <summary>Where the counts go.</summary>
    public ScanTotals Totals { get; init; } = new();

    /// <summary>Who takes the rejects; null where they are only counted.</summary>
    public IRejectWriter? Rejects { get; init; }

    /// <summary>The size of a block in bytes.</summary>
    public int BlockSize { get; init; } = FileBlocks.BlockSize;

    /// <summary>Ends the scan, also while it waits.</summary>
    public CancellationToken CancellationToken { get; init; }
}
