namespace Millrace.Reports;

/// <summary>What a source holds, whatever the range.</summary>
/// <param name="Events">How many events.</param>
/// <param name="WithService">How many name their service.</param>
/// <param name="WithCaller">How many name the service that called.</param>
/// <param name="First">The earliest timestamp; null where no event has one.</param>
/// <param name="Last">The latest.</param>
public sealed record SourceSpan(long Events, long WithService, long WithCaller, DateTimeOffset? First, DateTimeOffset? Last);
