using Millrace.Queries;

namespace Millrace.Lake.Ingestion;

/// <summary>How sources are ingested.</summary>
public sealed record IngestOptions
{
    /// <summary>How logs are read. A range does not hold: everything is ingested.</summary>
    public required QueryOptions Query { get; init; }

    /// <summary>True to keep each line as it was, in the column <c>raw</c>.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>How much is read before it is committed, in stored bytes of plain files; compressed ones count eightfold. A file is never split.</summary>
    public long BatchBytes { get; init; } = 2L << 30;

    /// <summary>What a file counts towards <see cref="BatchBytes"/>.</summary>
    internal static long Weight(string name, long storedBytes) =>
        storedBytes * (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? 8 : 1);

    /// <summary>How much memory sorting and writing may take, in bytes; beyond it, DuckDB spills to disk.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>How much memory the texts may take that numbers stand for while events are sorted, in bytes. Where logs repeat themselves too little for that, some columns are sorted as they are.</summary>
    public long RepeatedTextBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Asked once the events of a batch are staged and before they are committed; where it throws, nothing is. It may be asked again about the same sources, since a batch that is not committed is repeated.
    /// </summary>
    public Func<StagedBatch, CancellationToken, Task>? BeforeCommit { get; init; }

    /// <summary>How many services of a day have a folder of their own; the others share one.</summary>
    public int MostServices { get; init; } = 100;
}
