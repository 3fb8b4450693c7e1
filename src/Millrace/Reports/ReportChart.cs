namespace Millrace.Reports;

/// <summary>How the rows of a report are drawn best, for whoever draws them.</summary>
/// <param name="Kind">The kind of drawing.</param>
/// <param name="X">The column along the axis; null for a table and a graph.</param>
/// <param name="Y">The column that is measured; null likewise.</param>
/// <param name="Series">The columns that name a line or a bar of its own, with <c>, </c> between them; null for none.</param>
public sealed record ReportChart(ChartKind Kind, string? X = null, string? Y = null, string? Series = null);

/// <summary>A kind of drawing.</summary>
public enum ChartKind
{
    /// <summary>No drawing: the rows as they are.</summary>
    Table,

    /// <summary>Nodes and arrows: the columns <c>source</c> and <c>target</c>.</summary>
    Graph,

    /// <summary>A bar for each row.</summary>
    Bars,

    /// <summary>Values over time.</summary>
    Lines,
}
