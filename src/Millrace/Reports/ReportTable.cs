namespace Millrace.Reports;

/// <summary>The table of reports.</summary>
public static class ReportTable
{
    /// <summary>Who calls whom.</summary>
    public static Report Traffic { get; } = new(
        "traffic",
        "calls per pair of services: the call graph",
        ["errors", "errorRate", "avgDurationMs", "p95DurationMs", "bytes"])
    {
        AddsUp = true,
    };

    /// <summary>How requests ended.</summary>
    public static Report Status { get; } = new(
        "status",
        "requests, share, durations and bytes per status code",
        ["avgDurationMs", "p50DurationMs", "p95DurationMs", "p99DurationMs", "bytes"])
    {
        AddsUp = true,
        Parts = new Dictionary<string, string>
        {
            ["service"] = "service",
            ["endpoint"] = "endpoint",
            ["hour"] = "DATE_TRUNC('hour', \"timestamp\")",
            ["day"] = "DATE_TRUNC('day', \"timestamp\")",
        },
    };

    /// <summary>What was asked for, and how it went.</summary>
    public static Report Endpoints { get; } = new(
        "endpoints",
        "requests, error rate and durations per service, method and endpoint",
        ["service", "errors", "errorRate", "avgDurationMs", "p50DurationMs", "p95DurationMs", "p99DurationMs", "maxDurationMs"])
    {
        AddsUp = true,
    };

    /// <summary>What components measured.</summary>
    public static Report Metrics { get; } = new(
        "metrics",
        "metrics per component in windows of five minutes",
        ["unit", "avgValue"])
    {
        OwnColumns = new Dictionary<string, string>
        {
            ["metric_name"] = "VARCHAR",
            ["unit"] = "VARCHAR",
            ["value"] = "DOUBLE",
            ["min_value"] = "DOUBLE",
            ["max_value"] = "DOUBLE",
        },
    };

    /// <summary>Every report.</summary>
    public static IReadOnlyList<Report> All { get; } = [Traffic, Status, Endpoints, Metrics];
}
