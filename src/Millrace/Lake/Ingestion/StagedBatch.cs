using Millrace.Queries;

namespace Millrace.Lake.Ingestion;

/// <summary>What is about to be committed to a lake.</summary>
/// <param name="Session">A session that has the events; what is asked of it is read from memory or the disk, and no source is read again.</param>
/// <param name="EventsSql">A query that gives the event columns of them all.</param>
/// <param name="Sources">What they are of.</param>
public sealed record StagedBatch(QuerySession Session, string EventsSql, IReadOnlyList<StagedSource> Sources);

/// <summary>A file, an object, or the part that was added to a file.</summary>
/// <param name="File">Its name, as the column <c>file</c> has it.</param>
/// <param name="Name">Its whole path or address; of a log that goes on under another name, the first.</param>
/// <param name="ContentTag">What the store of an object calls its content; null for a file.</param>
/// <param name="From">The byte that the part begins at.</param>
/// <param name="To">The byte that it ends before.</param>
public sealed record StagedSource(string File, string Name, string? ContentTag, long From, long To);
