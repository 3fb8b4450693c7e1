namespace Millrace.Queries.Scanning;

/// <summary>How often one reason made lines of one file rejects.</summary>
/// <param name="File">The file.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many lines.</param>
/// <param name="First">The first of them.</param>
public sealed record RejectCount(string File, string Reason, long Count, Reject First);
