namespace Millrace.Cli.Commands;

/// <summary>What only the traffic report takes.</summary>
/// <param name="Html">Where the page goes; null for none.</param>
/// <param name="Metrics">The source of the nodes' metrics; null for none.</param>
sealed record TrafficExtras(string? Html, string? Metrics);
