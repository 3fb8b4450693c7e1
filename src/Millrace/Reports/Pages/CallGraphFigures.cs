using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Millrace.Reports;

/// <summary>All that is known of each node and edge, in words and readable figures: for tooltips, with and without a script.</summary>
static class CallGraphFigures
{
    public static IEnumerable<(string Label, string Figure)> Of(CallEdge edge) => Known(
        ("Requests", Figures.Exact(edge.TotalRequests)),
        ("Errors", Errors(edge.Errors, edge.ErrorShare)),
        ("Average", Milliseconds(edge.AvgDurationMs)),
        ("p95", Milliseconds(edge.P95DurationMs)),
        ("Bytes", Bytes(edge.Bytes)));

    public static IEnumerable<(string Label, string Figure)> Of(CallNode node) => Known(
        ("Requests in", Figures.Exact(node.RequestsIn)),
        ("Errors", Errors(node.Errors, node.ErrorShare)),
        ("Average", Milliseconds(node.AvgDurationMs)),
        (node.P95IsBound ? "p95 at most" : "p95", Milliseconds(node.P95DurationMs)),
        ("Bytes", Bytes(node.Bytes)),
        ("Requests out", Figures.Exact(node.RequestsOut))).Concat(node.Metrics.Select(Metric));

    /// <summary>One sentence, for a screen reader and for a tooltip without scripts.</summary>
    public static string Sentence(string name, IEnumerable<(string Label, string Figure)> figures) =>
        name + ": " + string.Join(", ", figures.Select(figure => $"{figure.Label} {figure.Figure}"));

    /// <summary>
    /// What the page's script reads. The default encoder writes <c>&lt;</c> as <c>\u003c</c>, so that no name can end the script element.
    /// </summary>
    public static string Json(CallGraph graph)
    {
        var index = graph.Nodes.Select((node, position) => (node.Name, position)).ToDictionary(node => node.Name, node => node.position);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            foreach (var node in graph.Nodes)
            {
                json.WriteStartObject();
                json.WriteString("name", node.Name);
                WriteFigures(json, Of(node));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("edges");
            foreach (var edge in graph.Edges)
            {
                json.WriteStartObject();
                json.WriteNumber("source", index[edge.Source]);
                json.WriteNumber("target", index[edge.Target]);
                WriteFigures(json, Of(edge));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void WriteFigures(Utf8JsonWriter json, IEnumerable<(string Label, string Figure)> figures)
    {
        json.WriteStartArray("figures");
        foreach (var (label, figure) in figures)
        {
            json.WriteStartArray();
            json.WriteStringValue(label);
            json.WriteStringValue(figure);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    static (string Label, string Figure) Metric(NodeMetric metric)
    {
        var label = metric.Unit is null ? metric.Name : $"{metric.Name} ({metric.Unit})";
        var average = metric.Avg is { } value ? $", average {Figures.Number(value)}" : "";
        return (label, $"{Figures.Number(metric.Min)} to {Figures.Number(metric.Max)}{average}");
    }

    static IEnumerable<(string Label, string Figure)> Known(params IEnumerable<(string Label, string? Figure)> figures) =>
        figures.Where(figure => figure.Figure is not null).Select(figure => (figure.Label, figure.Figure!));

    static string? Errors(long? errors, double? share) =>
        errors is { } count ? $"{Figures.Exact(count)} ({Figures.Share(share ?? 0)})" : null;

    static string? Milliseconds(double? milliseconds) => milliseconds is { } known ? Figures.Milliseconds(known) : null;

    static string? Bytes(long? bytes) => bytes is { } known ? Figures.Bytes(known) : null;
}
