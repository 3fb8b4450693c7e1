using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>A file, or the part of it that was added, that is to be ingested.</summary>
/// <param name="Mark">By what it is known.</param>
/// <param name="File">What to read.</param>
/// <param name="Began">How far it had been read; null where nothing of it is in.</param>
/// <param name="To">The bytes that are in afterwards.</param>
sealed record PendingSource(SourceMark Mark, LogFile File, SourcePosition? Began, long To)
{
    /// <summary>The bytes that are in.</summary>
    public long From => Began?.Bytes ?? 0;

    /// <summary>The hash of the last bytes before <see cref="To"/>; null for an object, which does not grow.</summary>
    public long? Tail { get; init; }

    /// <summary>What its mark becomes once it is read.</summary>
    /// <param name="lines">The number of its last line.</param>
    public MarkChange Change(long lines) => new(Mark.Owner, Began?.ToString(), new SourcePosition(To, lines, Tail).ToString());

    /// <summary>What others are told of it.</summary>
    public StagedSource Staged => new(File.Name, Mark.Name, Tail is null ? File.ContentTag : null, From, To);

    /// <summary>What the file looked like; null for an object, whose store sees to it that only that content is read.</summary>
    public SeenFile? Seen { get; init; }
}
