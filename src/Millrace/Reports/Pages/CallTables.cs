namespace Millrace.Reports;

/// <summary>What a call graph says, as tables. Columns that no edge has a value for are left out.</summary>
static class CallTables
{
    public const string CallsTitle = "Calls";

    static readonly (PageColumn Column, Func<CallEdge, object?> Value)[] EdgeColumns =
    [
        (new("Caller", FigureKind.Text), edge => edge.Source),
        (new("Service", FigureKind.Text), edge => edge.Target),
        (new("Requests", FigureKind.Count), edge => edge.TotalRequests),
        (new("Errors", FigureKind.Count), edge => edge.Errors),
        (new("Error share", FigureKind.ErrorShare), edge => edge.ErrorShare),
        (new("Average", FigureKind.Milliseconds), edge => edge.AvgDurationMs),
        (new("p95", FigureKind.Milliseconds), edge => edge.P95DurationMs),
        (new("Bytes", FigureKind.Bytes), edge => edge.Bytes),
    ];

    static readonly PageColumn[] MetricColumns =
    [
        new("Service", FigureKind.Text), new("Metric", FigureKind.Text), new("Unit", FigureKind.Text), new("Minimum", FigureKind.Number),
        new("Average", FigureKind.Number), new("Maximum", FigureKind.Number), new("Values", FigureKind.Count),
    ];

    public static IEnumerable<PageTable> Of(CallGraph graph)
    {
        if (graph.Edges.Count > 0)
        {
            yield return Calls(graph);
        }

        if (graph.Nodes.Any(node => node.Metrics.Count > 0))
        {
            yield return Metrics(graph);
        }
    }

    static PageTable Calls(CallGraph graph)
    {
        var columns = EdgeColumns.Where(column => graph.Edges.Any(edge => column.Value(edge) is not null)).ToList();
        return new(
            CallsTitle,
            [.. columns.Select(column => column.Column)],
            [.. graph.Edges.Select(edge => columns.Select(column => column.Value(edge)).ToList())]);
    }

    static PageTable Metrics(CallGraph graph) => new(
        "Metrics",
        MetricColumns,
        [
            .. graph.Nodes.SelectMany(node => node.Metrics.Select(metric =>
                new object?[] { node.Name, metric.Name, metric.Unit, metric.Min, metric.Avg, metric.Max, metric.Count })),
        ]);
}
