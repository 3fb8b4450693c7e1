namespace Millrace.Queries.Scanning;

/// <summary>A line that did not parse.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Line">Its number from 1; null where the lines before it were not counted because the query ended early.</param>
/// <param name="Offset">The byte offset of its start in the (decompressed) file.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Position">The offset in the line of the first byte that could not be read.</param>
public sealed record Reject(string File, long? Line, long Offset, string Reason, int Position);
