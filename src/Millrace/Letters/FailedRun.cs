namespace Millrace.Letters;

/// <summary>A scheduled run that failed.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Since">Where the period begins that it was to cover.</param>
/// <param name="Until">Where that ends.</param>
/// <param name="Reason">Why it failed, as it was told; may have several lines.</param>
public sealed record FailedRun(string Schedule, DateTimeOffset Since, DateTimeOffset Until, string Reason);
