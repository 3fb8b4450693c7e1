using Millrace.Reports;

namespace Millrace.Cli.Help;

/// <summary>How reports are asked, for their help.</summary>
static class ReportExamples
{
    static readonly Dictionary<string, string[]> Examples = new()
    {
        [ReportTable.Traffic.Name] = ["millrace report traffic logs/ --html graph.html", "millrace report traffic 's3://my-logs/2026/11/*.gz' --caller user --where 'status>=500'"],
        [ReportTable.Status.Name] = ["millrace report status access.log --since today", "millrace report status logs/ --by service --where status=5xx --output csv --out status.csv"],
        [ReportTable.Endpoints.Name] = ["millrace report endpoints logs/ --sort p95DurationMs --limit 10", "millrace report endpoints logs/ --where service=order-service --where 'duration>1s'"],
        [ReportTable.Metrics.Name] = ["millrace report metrics metrics.json --since 7d"],
        [ReportTable.Errors.Name] = ["millrace report errors logs/ --since 24h", "millrace report errors --store errors.db --mail-to ops@example.com"],
    };

    /// <summary>Those of a report.</summary>
    public static IReadOnlyList<string> Of(Report report) => Examples[report.Name];
}
