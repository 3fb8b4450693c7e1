namespace Millrace.Lake.Ingestion;

/// <summary>What is in of a source.</summary>
/// <param name="mark">By what it is known.</param>
/// <param name="position">How much of it is in; for a log that was compressed when it was rotated, counted before that.</param>
sealed class LedgerEntry(SourceMark mark, SourcePosition position)
{
    public SourceMark Mark => mark;

    public SourcePosition Position => position;

    public long Bytes => position.Bytes;

    public long Lines => position.Lines;

    /// <summary>How much of the beginning <see cref="HeadHash"/> is of; more than any file has for an object.</summary>
    public int HeadLength { get; } = mark.TryGetHead(out var length, out _) ? length : int.MaxValue;

    public string HeadHash { get; } = mark.TryGetHead(out _, out var hash) ? hash : "";

    /// <summary>True while more of it is being ingested.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether bytes of this hash stand before where reading ended.</summary>
    public bool HasTail(long other) => position.Tail is null || position.Tail == other;
}
