namespace Millrace.Lake.Ingestion;

/// <summary>What is in of a source.</summary>
/// <param name="mark">By what it is known.</param>
/// <param name="bytes">How much of it is in; for a log that was compressed when it was rotated, counted before that.</param>
/// <param name="lines">How many lines these are.</param>
/// <param name="tail">The hash of the last of these bytes; null where it was not kept.</param>
sealed class LedgerEntry(SourceMark mark, long bytes, long lines, long? tail)
{
    public SourceMark Mark => mark;

    public long Bytes => bytes;

    public long Lines => lines;

    /// <summary>How much of the beginning <see cref="HeadHash"/> is of; more than any file has for an object.</summary>
    public int HeadLength { get; } = mark.TryGetHead(out var length, out _) ? length : int.MaxValue;

    public string HeadHash { get; } = mark.TryGetHead(out _, out var hash) ? hash : "";

    /// <summary>True while more of it is being ingested.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether bytes of this hash stand before where reading ended.</summary>
    public bool HasTail(long other) => tail is null || tail == other;
}
