namespace Millrace.Lake.Ingestion;

/// <summary>Files, sorted by what is to be done with them.</summary>
/// <param name="Pending">Those with something that is not in.</param>
/// <param name="Later">Those that may go on from one of the pending ones, which must be in before it can be told.</param>
/// <param name="Known">How many are in as a whole.</param>
/// <param name="Waiting">How many have nothing whole yet: they are empty, or their only line has no line break, or a compressed file is still being written.</param>
sealed record SortedSources(IReadOnlyList<PendingSource> Pending, IReadOnlyList<Sources.LogFile> Later, int Known, int Waiting);
