namespace Millrace.Cli.Commands;

/// <summary>What only the traffic report takes.</summary>
/// <param name="Html">Where the page goes; null for none.</param>
/// <param name="ShowsMetrics">True where the nodes have metrics.</param>
/// <param name="Metrics">The source of the metrics; null for the lake.</param>
sealed record TrafficExtras(string? Html, bool ShowsMetrics, string? Metrics);
