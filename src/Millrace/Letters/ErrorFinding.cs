using Millrace.Errors;

namespace Millrace.Letters;

/// <summary>The errors that were found.</summary>
/// <param name="Digest">The errors in groups.</param>
/// <param name="Sources">Where they are, for the commands that find more.</param>
/// <param name="MostGroups">How many groups are told one by one; the attachment has all.</param>
public sealed record ErrorFinding(ErrorDigest Digest, IReadOnlyList<string> Sources, int MostGroups);
