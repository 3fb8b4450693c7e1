namespace Millrace.Queries.Scanning;

/// <summary>How often one reason made lines rejects, over all files.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many lines.</param>
/// <param name="Files">In how many files.</param>
/// <param name="First">The first of them in the first file, in the order of names.</param>
/// <param name="Format">The format that this file is read as.</param>
/// <param name="Sample">The bytes of that line, at most 4 KiB of them.</param>
public sealed record RejectReason(string Reason, long Count, int Files, Reject First, string Format, ReadOnlyMemory<byte> Sample);
