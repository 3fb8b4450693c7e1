using Millrace.Reports;

namespace Millrace.App.Requests;

/// <summary>A report to be run.</summary>
/// <param name="Report">The report.</param>
public sealed record ReportRequest(Report Report) : RunRequest
{
    /// <summary>A report by its name. Throws a <see cref="UserException"/> that lists the reports where there is none.</summary>
    public ReportRequest(string name)
        : this(ReportTable.Find(name))
    {
    }

    /// <summary>
    /// What the report is asked with, by the names of its <see cref="Report.Parameters"/>; a flag has an empty text. Those that it does not take are refused.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters
    {
        get;
        init => field = value.Keys.FirstOrDefault(name => !Report.Takes(name)) is { } unknown
            ? throw new UserException($"The report '{Report.Name}' does not take '{unknown}'.", UserException.Usage)
            : value;
    } = new Dictionary<string, string>();

    /// <summary>
    /// True where a person looks on: where they name no range and nothing lies in the usual one, the report covers a range of that length up to the last
    /// event instead, and says so.
    /// </summary>
    public bool LooksBack { get; init; }

    /// <summary>True to have every row carry an id of the run, which is the same for the same question.</summary>
    public bool HasRunId { get; init; }

    /// <inheritdoc/>
    public override string Title => $"report {Report.Name}";

    /// <summary>What the report is also split by; null for nothing.</summary>
    public string? By => Parameter(ReportParameter.By);

    /// <summary>True to count calls by people.</summary>
    public bool CountsExternal => Parameters.ContainsKey(ReportParameter.External);

    /// <summary>True to add the metrics of services.</summary>
    public bool ShowsMetrics => Parameters.ContainsKey(ReportParameter.Metrics);

    /// <summary>The source of the metrics; null for the lake.</summary>
    public string? MetricsSource => Parameter(ReportParameter.Metrics);

    /// <summary>True to count statuses from 400 as errors.</summary>
    public bool CountsClientErrors => Parameters.ContainsKey(ReportParameter.ClientErrors);

    /// <summary>The error store to read; null where none is named.</summary>
    public string? Store => Parameter(ReportParameter.Store);

    string? Parameter(string name) => Parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
