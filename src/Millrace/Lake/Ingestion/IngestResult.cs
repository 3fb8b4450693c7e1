namespace Millrace.Lake.Ingestion;

/// <summary>What an ingestion did.</summary>
/// <param name="Version">The lake's version afterwards; -1 where there is none.</param>
/// <param name="Sources">Files and objects of which something was read.</param>
/// <param name="Known">Files and objects all of which was in already.</param>
/// <param name="Events">Events that were added.</param>
/// <param name="Rejects">Lines that did not parse.</param>
/// <param name="Files">Data files that were added.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Retries">How often another writer had committed some of the same first.</param>
public sealed record IngestResult(long Version, long Sources, long Known, long Events, long Rejects, long Files, long Bytes, long Retries)
{
    /// <summary>How many commits there were.</summary>
    public long Commits { get; init; }

    /// <summary>Files with nothing whole in them yet: empty ones, and growing ones whose line or compressed member has not ended.</summary>
    public long Waiting { get; init; }

    /// <summary>Files that were not brought in since no format reads them, or since they hold no line.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
