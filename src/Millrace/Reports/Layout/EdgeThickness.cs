namespace Millrace.Reports.Layout;

/// <summary>
/// Traffic as thickness, on a logarithmic scale: between the quietest and the busiest edge lie many powers of ten. The scale spans at least two, so
/// that equal edges do not look different.
/// </summary>
sealed class EdgeThickness(CallGraph graph, double thinnest, double thickest)
{
    readonly double _high = Math.Log(Math.Max(100, graph.Edges.Select(edge => edge.TotalRequests).DefaultIfEmpty().Max()));
    readonly double _low = Math.Log(Math.Max(1, graph.Edges.Select(edge => Math.Min(edge.TotalRequests, graph.Edges[0].TotalRequests / 100)).DefaultIfEmpty().Min()));

    public double Of(long requests) =>
        thinnest + ((thickest - thinnest) * Math.Clamp((Math.Log(Math.Max(1, requests)) - _low) / (_high - _low), 0, 1));
}
