using System.Globalization;
using Millrace.Queries;

namespace Millrace.Reports;

/// <summary>Makes the call graph from the rows of the traffic and metrics reports.</summary>
public static class CallGraphReader
{
    /// <summary>The edges of a traffic report.</summary>
    public static IReadOnlyList<CallEdge> Edges(ReportResult traffic)
    {
        using var rows = traffic.Rows();
        var edges = new List<CallEdge>();
        while (rows.Read())
        {
            string? Text(string column) => Value(rows, column);
            edges.Add(new CallEdge(Text("id")!, Text("source")!, Text("target")!, Whole(Text("totalRequests")) ?? 0)
            {
                Errors = Whole(Text("errors")),
                AvgDurationMs = Real(Text("avgDurationMs")),
                P95DurationMs = Real(Text("p95DurationMs")),
                Bytes = Whole(Text("bytes")),
            });
        }

        return edges;
    }

    /// <summary>The metrics of a metrics report by component: its windows put together.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>> Metrics(ReportResult metrics)
    {
        using var rows = metrics.Rows();
        var windows = new List<(string Component, NodeMetric Metric)>();
        while (rows.Read())
        {
            var (min, max) = (Real(Value(rows, "minValue"))!.Value, Real(Value(rows, "maxValue"))!.Value);
            var average = Real(Value(rows, "avgValue"));
            windows.Add((Value(rows, "componentName") ?? "", new(Value(rows, "metricName")!, Value(rows, "unit"), min, max, average, Whole(Value(rows, "count"))!.Value)));
        }

        return windows.GroupBy(window => window.Component).ToDictionary(
            component => component.Key,
            component => (IReadOnlyList<NodeMetric>)[.. component.GroupBy(window => (window.Metric.Name, window.Metric.Unit)).Select(metric => Merge([.. metric.Select(window => window.Metric)]))]);
    }

    static NodeMetric Merge(IReadOnlyList<NodeMetric> windows)
    {
        var count = windows.Sum(window => window.Count);
        return windows[0] with
        {
            Min = windows.Min(window => window.Min),
            Max = windows.Max(window => window.Max),
            Avg = windows.All(window => window.Avg is not null) ? windows.Sum(window => window.Avg * window.Count) / count : null,
            Count = count,
        };
    }

    static string? Value(QueryResult rows, string column) => rows.Columns.Single(one => one.Name == column).Text(rows.Row);

    static long? Whole(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    static double? Real(string? text) => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
