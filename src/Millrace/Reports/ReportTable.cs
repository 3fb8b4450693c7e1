namespace Millrace.Reports;

/// <summary>The table of reports.</summary>
public static class ReportTable
{
    /// <summary>Who calls whom.</summary>
    public static SqlReport Traffic { get; } = new(
        "traffic",
        "calls per pair of services: the call graph",
        ["errors", "errorRate", "avgDurationMs", "p95DurationMs", "bytes"])
    {
        AddsUp = true,
        Chart = new(ChartKind.Graph),
        Parameters =
        [
            new(ReportParameter.External, "Count calls by people as those of one caller, external", ParameterKind.Flag),
            new(ReportParameter.Metrics, "Metrics of the services, for the nodes of the graph: a source, or nothing for those of the lake", ParameterKind.OptionalText),
        ],
    };

    /// <summary>How requests ended.</summary>
    public static SqlReport Status { get; } = WithParts(new(
        "status",
        "requests, share, durations and bytes per status code",
        ["avgDurationMs", "p50DurationMs", "p95DurationMs", "p99DurationMs", "bytes"])
    {
        AddsUp = true,
        Chart = new(ChartKind.Bars, "status", "requests"),
        Parts = new Dictionary<string, string>
        {
            ["service"] = "service",
            ["endpoint"] = "endpoint",
            ["hour"] = "DATE_TRUNC('hour', \"timestamp\")",
            ["day"] = "DATE_TRUNC('day', \"timestamp\")",
        },
    });

    /// <summary>What was asked for, and how it went.</summary>
    public static SqlReport Endpoints { get; } = new(
        "endpoints",
        "requests, error rate and durations per service, method and endpoint",
        ["service", "errors", "errorRate", "avgDurationMs", "p50DurationMs", "p95DurationMs", "p99DurationMs", "maxDurationMs"])
    {
        AddsUp = true,
        Chart = new(ChartKind.Bars, "endpoint", "requests", "service, method"),
    };

    /// <summary>What components measured.</summary>
    public static SqlReport Metrics { get; } = new(
        "metrics",
        "metrics per component in windows of five minutes",
        ["unit", "avgValue"])
    {
        Chart = new(ChartKind.Lines, "fromTimestamp", "maxValue", "componentName, metricName"),
        OwnColumns = new Dictionary<string, string>
        {
            ["metric_name"] = "VARCHAR",
            ["unit"] = "VARCHAR",
            ["value"] = "DOUBLE",
            ["min_value"] = "DOUBLE",
            ["max_value"] = "DOUBLE",
        },
    };

    /// <summary>What is going wrong.</summary>
    public static DigestReport Errors { get; } = new("errors", "what is going wrong: errors in groups, what is new or rising first")
    {
        Chart = new(ChartKind.Bars, "template", "count", "state"),
        Parameters =
        [
            new(ReportParameter.Store, "Read an error store instead of logs: a file, or dynamodb:TABLE", ParameterKind.Text),
            new(ReportParameter.ClientErrors, "Count statuses from 400 as errors, not only those from 500", ParameterKind.Flag),
        ],
    };

    /// <summary>Every report.</summary>
    public static IReadOnlyList<Report> All { get; } = [Traffic, Status, Endpoints, Metrics, Errors];

    /// <summary>Those that SQL answers.</summary>
    public static IReadOnlyList<SqlReport> OfSql { get; } = [.. All.OfType<SqlReport>()];

    /// <summary>The report of a name. Throws a <see cref="UserException"/> that lists them where there is none.</summary>
    public static Report Find(string name) => All.FirstOrDefault(report => report.Name == name)
        ?? throw new UserException($"There is no report '{name}'. Expected {string.Join(", ", All.SkipLast(1).Select(report => report.Name))} or {All[^1].Name}.", UserException.Usage);

    static SqlReport WithParts(SqlReport report) => report with
    {
        Parameters = [new(ReportParameter.By, $"Also per {string.Join(", ", report.Parts.Keys)}", ParameterKind.Text) { Choices = [.. report.Parts.Keys] }, .. report.Parameters],
    };
}
