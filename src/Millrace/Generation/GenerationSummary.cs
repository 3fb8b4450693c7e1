namespace Millrace.Generation;

/// <summary>What a finished run wrote.</summary>
/// <param name="Lines">Log events, or rows and records of metrics; a stack trace belongs to its event, a CSV header does not count.</param>
/// <param name="Bytes">Bytes before compression.</param>
/// <param name="Files">Files or objects.</param>
/// <param name="Seed">The seed with which the same bytes come again.</param>
public sealed record GenerationSummary(long Lines, long Bytes, int Files, long Seed);
