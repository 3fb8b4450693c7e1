namespace Millrace.Sources;

/// <summary>What a list of sources stands for.</summary>
/// <param name="Files">The files to read, each once, in ordinal order of their names. May be empty: a folder may hold nothing, a range may prune everything.</param>
/// <param name="Pruned">The names of the files that cannot hold a line of the asked range, in ordinal order.</param>
public sealed record ResolvedSources(IReadOnlyList<LogFile> Files, IReadOnlyList<string> Pruned);
