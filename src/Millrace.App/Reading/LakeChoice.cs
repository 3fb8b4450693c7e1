namespace Millrace.App.Reading;

/// <summary>A lake, and which version of it.</summary>
/// <param name="Path">A directory or <c>s3://bucket/prefix</c>.</param>
/// <param name="At">A version or a time; null for the newest.</param>
/// <param name="IsNamed">True where the request names it; false where the settings do.</param>
public sealed record LakeChoice(string Path, string? At, bool IsNamed);
