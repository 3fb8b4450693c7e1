using System.Globalization;
using System.Text;
using Millrace.Reports.Layout;

namespace Millrace.Reports;

/// <summary>A laid-out call graph as SVG, complete without a script.</summary>
static class CallGraphDrawing
{
    /// <summary>With more edges, a keyboard reaches them through the table instead of one tab stop each.</summary>
    const int MostEdgesInTabOrder = 80;

    /// <summary>A rim in the colour of the sheet parts lines that cross; in a dense graph it would hide more than it parts.</summary>
    const int MostEdgesWithCasing = 200;

    public static Markup Draw(GraphLayout layout)
    {
        var svg = new Markup();
        var css = layout.Style.IsCompact ? "drawing compact" : "drawing";
        svg.Add($"    <svg class=\"{css}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {layout.Width} {layout.Height}\" ");
        svg.Add($"style=\"--width:{layout.Width}\" data-width=\"{layout.Width}\" data-height=\"{layout.Height}\" role=\"group\" aria-label=\"Services and their calls\">\n");
        var order = Enumerable.Range(0, layout.Edges.Count)
            .OrderBy(index => layout.Edges[index].Level)
            .ThenByDescending(index => layout.Edges[index].Thickness)
            .ToList();
        svg.AddEach(order, (into, index) => DrawEdge(into, layout, index));
        svg.AddEach(order.Where(index => layout.Edges[index].Label is not null), (into, index) => DrawLabel(into, layout.Edges[index], index));
        svg.AddEach(layout.Nodes.Index(), (into, node) => CallGraphCard.Draw(into, layout.Style, node.Item, node.Index));
        return svg.Add($"    </svg>\n");
    }

    static void DrawEdge(Markup svg, GraphLayout layout, int index)
    {
        var placed = layout.Edges[index];
        var sentence = CallGraphFigures.Sentence($"{placed.Edge.Source} → {placed.Edge.Target}", CallGraphFigures.Of(placed.Edge));
        var line = LineOf(placed.Curves);
        var focus = new Markup().AddTrusted(layout.Edges.Count <= MostEdgesInTabOrder ? " tabindex=\"0\" role=\"button\"" : " role=\"img\"");
        svg.Add($"      <g class=\"edge {placed.Level.CssClass()}\" data-edge=\"{index}\"{focus}><title>{sentence}</title>");
        var under = layout.Edges.Count <= MostEdgesWithCasing ? "casing" : "touch";
        svg.Add($"<path class=\"{under}\" stroke-width=\"{placed.Thickness + 5}\" d=\"{line}\"/>");
        svg.Add($"<path class=\"line\" stroke-width=\"{placed.Thickness}\" d=\"{line}\"/>");
        svg.Add($"<path class=\"head\" d=\"{HeadOf(placed.Head)}\"/></g>\n");
    }

    static void DrawLabel(Markup svg, PlacedEdge placed, int index)
    {
        var (text, box) = placed.Label!;
        svg.Add($"      <g class=\"label {placed.Level.CssClass()}\" data-edge=\"{index}\" aria-hidden=\"true\"><rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" rx=\"{box.Height / 2}\"/>");
        svg.Add($"<text x=\"{box.MiddleX}\" y=\"{box.MiddleY + 4}\">{text}</text></g>\n");
    }

    static string LineOf(IReadOnlyList<Cubic> curves)
    {
        var line = new StringBuilder("M").Append(Pair(curves[0].Start));
        foreach (var curve in curves)
        {
            var isLevel = curve.Start.Y == curve.End.Y && curve.StartPull.Y == curve.Start.Y;
            line.Append(isLevel ? $"L{Pair(curve.End)}" : $"C{Pair(curve.StartPull)} {Pair(curve.EndPull)} {Pair(curve.End)}");
        }

        return line.ToString();
    }

    static string HeadOf(ArrowHead head)
    {
        var aside = new Point(-head.Direction.Y, head.Direction.X) * head.HalfWidth;
        return $"M{Pair(head.Tip)}L{Pair(head.Base + aside)}L{Pair(head.Base + (aside * -1))}Z";
    }

    static string Pair(Point point) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(point.X, 1):0.#} {Math.Round(point.Y, 1):0.#}");
}
