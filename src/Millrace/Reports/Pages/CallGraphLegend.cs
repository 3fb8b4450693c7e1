using Millrace.Reports.Layout;

namespace Millrace.Reports;

/// <summary>What the graph's lines and rings mean, with the graph's own extremes.</summary>
static class CallGraphLegend
{
    public static Markup Draw(CallGraph graph)
    {
        var legend = new Markup();
        if (graph.Edges.Count == 0)
        {
            return legend;
        }

        DrawThickness(legend, graph);
        if (graph.Edges.Any(edge => edge.Errors is not null))
        {
            var raised = Figures.Share(ErrorLevels.RaisedFrom);
            var high = Figures.Share(ErrorLevels.HighFrom);
            DrawLevel(legend, ErrorLevel.Calm, $"errors under {raised}");
            DrawLevel(legend, ErrorLevel.Raised, $"from {raised}");
            DrawLevel(legend, ErrorLevel.High, $"from {high}");
        }

        return legend;
    }

    static void DrawThickness(Markup legend, CallGraph graph)
    {
        var (most, fewest) = (graph.Edges[0].TotalRequests, graph.Edges[^1].TotalRequests);
        var scale = new EdgeThickness(graph, thinnest: 1.5, thickest: 11);
        var requests = most == fewest ? Figures.Count(most) : $"{Figures.Count(fewest)} to {Figures.Count(most)}";
        var (thin, thick) = (scale.Of(fewest) / 2, scale.Of(most) / 2);
        legend.Add($"      <span><svg viewBox=\"0 0 34 14\" aria-hidden=\"true\"><path class=\"head\" d=\"M0 {7 - thin}L34 {7 - thick}V{7 + thick}L0 {7 + thin}Z\"/></svg>{requests} requests</span>\n");
    }

    static void DrawLevel(Markup legend, ErrorLevel level, string text) =>
        legend.Add($"      <span class=\"{level.CssClass()}\"><svg viewBox=\"0 0 34 14\" aria-hidden=\"true\"><path class=\"line\" stroke-width=\"4\" d=\"M0 7H24\"/><path class=\"head\" d=\"M24 2L34 7L24 12Z\"/></svg>{text}</span>\n");
}
