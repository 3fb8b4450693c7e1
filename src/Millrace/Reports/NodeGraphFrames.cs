using System.Text.Json;
using Millrace.Reports.Layout;

namespace Millrace.Reports;

/// <summary>
/// A call graph as the two frames of Grafana's node graph panel, in one JSON object: <c>{"nodes":[{…}],"edges":[{…}]}</c>.
/// </summary>
/// <remarks>
/// Rows are flat, so that the Infinity data source reads them with the root selectors <c>nodes</c> and <c>edges</c>, one query each.
/// <para>
/// A node has <c>id</c>, <c>title</c>, <c>subtitle</c> (calls made), <c>mainstat</c> (calls received), <c>secondarystat</c> (p95), <c>color</c>,
/// <c>arc__ok</c> and <c>arc__errors</c> (shares that add up to exactly 1, in decimals and in binary floating point), and as plain numbers
/// <c>detail__requestsIn</c>, <c>detail__requestsOut</c>, <c>detail__errors</c>, <c>detail__errorRate</c>, <c>detail__avgDurationMs</c>,
/// <c>detail__p95DurationMs</c>, <c>detail__bytes</c>, and per metric <c>detail__NAME_min</c>, <c>_avg</c>, <c>_max</c> and <c>_count</c>.
/// </para>
/// <para>
/// An edge has <c>id</c>, <c>source</c>, <c>target</c> (ids of nodes in the other frame), <c>mainstat</c> (requests), <c>secondarystat</c> (share of
/// errors), <c>thickness</c> (1 to 10, logarithmic), <c>color</c>, <c>strokeDasharray</c> where many calls fail, and
/// <c>detail__totalRequests</c>, <c>detail__errors</c>, <c>detail__errorRate</c>, <c>detail__avgDurationMs</c>, <c>detail__p95DurationMs</c>, <c>detail__bytes</c>.
/// </para>
/// A measure that the format does not have is an omitted key. Where no errors are known, there are no arcs and no colours.
/// </remarks>
public static class NodeGraphFrames
{
    const int ArcDigits = 6;

    /// <summary>Writes the frames and a newline as UTF-8, and leaves the stream open.</summary>
    public static void Write(CallGraph graph, Stream destination)
    {
        using (var json = new Utf8JsonWriter(destination))
        {
            Write(graph, json);
        }

        destination.WriteByte((byte)'\n');
    }

    /// <summary>Writes the frames as one JSON value.</summary>
    public static void Write(CallGraph graph, Utf8JsonWriter json)
    {
        var knowsErrors = graph.Edges.Any(edge => edge.Errors is not null);
        var thickness = new EdgeThickness(graph, thinnest: 1, thickest: 10);
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            WriteNode(json, node, knowsErrors);
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in graph.Edges)
        {
            WriteEdge(json, edge, knowsErrors, thickness.Of(edge.TotalRequests));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteNode(Utf8JsonWriter json, CallNode node, bool knowsErrors)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Name);
        json.WriteString("title", node.Name);
        json.WriteString("subtitle", $"{Figures.Count(node.RequestsOut)} out");
        json.WriteString("mainstat", $"{Figures.Count(node.RequestsIn)} in");
        if (node.P95DurationMs is { } p95)
        {
            json.WriteString("secondarystat", $"p95 {(node.P95IsBound ? "≤ " : "")}{Figures.Milliseconds(p95)}");
        }

        if (knowsErrors)
        {
            var errors = Math.Round((decimal)(node.ErrorShare ?? 0), ArcDigits);
            json.WriteNumber("arc__ok", 1 - errors);
            json.WriteNumber("arc__errors", errors);
            json.WriteString("color", ErrorLevels.Of(node.ErrorShare).HtmlColor());
        }

        json.WriteNumber("detail__requestsIn", node.RequestsIn);
        json.WriteNumber("detail__requestsOut", node.RequestsOut);
        WriteMeasures(json, node.Errors, node.ErrorShare, node.AvgDurationMs, node.P95DurationMs, node.Bytes);
        WriteMetrics(json, node.Metrics);
        json.WriteEndObject();
    }

    static void WriteEdge(Utf8JsonWriter json, CallEdge edge, bool knowsErrors, double thickness)
    {
        json.WriteStartObject();
        json.WriteString("id", edge.Id);
        json.WriteString("source", edge.Source);
        json.WriteString("target", edge.Target);
        json.WriteString("mainstat", $"{Figures.Count(edge.TotalRequests)} requests");
        if (edge.ErrorShare is { } share)
        {
            json.WriteString("secondarystat", $"{Figures.Share(share)} errors");
        }

        json.WriteNumber("thickness", Math.Round((decimal)thickness, 2));
        if (knowsErrors)
        {
            json.WriteString("color", ErrorLevels.Of(edge.ErrorShare).HtmlColor());
        }

        if (ErrorLevels.Of(edge.ErrorShare) == ErrorLevel.High)
        {
            json.WriteString("strokeDasharray", "8 4");
        }

        json.WriteNumber("detail__totalRequests", edge.TotalRequests);
        WriteMeasures(json, edge.Errors, edge.ErrorShare, edge.AvgDurationMs, edge.P95DurationMs, edge.Bytes);
        json.WriteEndObject();
    }

    static void WriteMeasures(Utf8JsonWriter json, long? errors, double? errorRate, double? avgDurationMs, double? p95DurationMs, long? bytes)
    {
        WriteKnown(json, "detail__errors", errors);
        WriteKnown(json, "detail__errorRate", errorRate);
        WriteKnown(json, "detail__avgDurationMs", avgDurationMs);
        WriteKnown(json, "detail__p95DurationMs", p95DurationMs);
        WriteKnown(json, "detail__bytes", bytes);
    }

    static void WriteMetrics(Utf8JsonWriter json, IReadOnlyList<NodeMetric> metrics)
    {
        foreach (var metric in metrics)
        {
            json.WriteNumber($"detail__{metric.Name}_min", metric.Min);
            if (metric.Avg is { } average)
            {
                json.WriteNumber($"detail__{metric.Name}_avg", average);
            }

            json.WriteNumber($"detail__{metric.Name}_max", metric.Max);
            json.WriteNumber($"detail__{metric.Name}_count", metric.Count);
        }
    }

    static void WriteKnown(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    static void WriteKnown(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
