namespace Millrace.Letters;

/// <summary>An event that a search found.</summary>
/// <param name="File">The file or object.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Time">When it happened; null where that is not known.</param>
/// <param name="Text">Its text: its line, with those that continue it.</param>
public sealed record FoundHit(string File, long Line, DateTimeOffset? Time, string Text);
