using Millrace.Queries.Conditions;

namespace Millrace.Reports;

/// <summary>One run of the SQL of a report: over which events, and with what.</summary>
/// <param name="Report">The report.</param>
/// <param name="Sources">The logs.</param>
public sealed record ReportCall(SqlReport Report, IReadOnlyList<string> Sources)
{
    /// <summary>The events: those of the logs, unless they lie elsewhere.</summary>
    public EventTable Table { get; init; } = EventTable.OfLogs(Sources);

    /// <summary>Conditions that an event must meet to be counted, all of them.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>One of <see cref="SqlReport.Parts"/>; null for the whole.</summary>
    public string? By { get; init; }

    /// <summary>True to count calls that no service made as those of one caller, <c>external</c>.</summary>
    public bool CountsExternal { get; init; }

    /// <summary>A text that every row carries as <c>runId</c>; null for none.</summary>
    public string? RunId { get; init; }
}
