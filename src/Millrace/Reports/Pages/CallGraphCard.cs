using Millrace.Reports.Layout;

namespace Millrace.Reports;

/// <summary>The card of a service: its name, what it received, its p95, and a ring that fills with the share of errors.</summary>
static class CallGraphCard
{
    const double RingX = 30;
    const double RingRadius = 18;
    const double TextX = 57;

    public static void Draw(Markup svg, CardStyle style, PlacedNode placed, int index)
    {
        var node = placed.Node;
        var level = ErrorLevels.Of(node.ErrorShare);
        var css = node.IsExternal ? "node external" : $"node {level.CssClass()}";
        var sentence = CallGraphFigures.Sentence(node.Name, CallGraphFigures.Of(node));
        svg.Add($"      <g class=\"{css}\" data-node=\"{index}\" tabindex=\"0\" role=\"button\" transform=\"translate({placed.Card.X} {placed.Card.Y})\"><title>{sentence}</title>");
        svg.Add($"<rect class=\"card\" width=\"{placed.Card.Width}\" height=\"{placed.Card.Height}\" rx=\"{(style.IsCompact ? 6 : 11)}\"/>");
        if (style.IsCompact)
        {
            DrawCompact(svg, style, placed);
        }
        else
        {
            DrawFull(svg, style, placed, level);
        }

        svg.Add($"</g>\n");
    }

    static void DrawFull(Markup svg, CardStyle style, PlacedNode placed, ErrorLevel level)
    {
        var middle = placed.Card.Height / 2;
        DrawSign(svg, placed.Node, level, middle);
        svg.Add($"<text class=\"name\" x=\"{TextX}\" y=\"{middle - 4}\">{TextWidth.Fit(placed.Node.Name, style.NameSize, placed.Card.Width - style.NameInset)}</text>");
        svg.Add($"<text class=\"figures\" x=\"{TextX}\" y=\"{middle + 15}\">{Summary(placed.Node)}</text>");
    }

    static void DrawCompact(Markup svg, CardStyle style, PlacedNode placed)
    {
        var middle = placed.Card.Height / 2;
        var count = Figures.Count(placed.Node.RequestsIn > 0 ? placed.Node.RequestsIn : placed.Node.RequestsOut);
        svg.Add($"<rect class=\"mark\" x=\"5\" y=\"5\" width=\"4\" height=\"{placed.Card.Height - 10}\" rx=\"2\"/>");
        svg.Add($"<text class=\"name\" x=\"15\" y=\"{middle + 4}\">{TextWidth.Fit(placed.Node.Name, style.NameSize, placed.Card.Width - style.NameInset)}</text>");
        svg.Add($"<text class=\"figures\" x=\"{placed.Card.Width - 8}\" y=\"{middle + 4}\">{count}</text>");
    }

    static string Summary(CallNode node)
    {
        if (node.RequestsIn == 0)
        {
            return node.RequestsOut == 0 ? "no calls" : $"{Figures.Count(node.RequestsOut)} out";
        }

        var received = $"{Figures.Count(node.RequestsIn)} in";
        return node.P95DurationMs is { } p95 ? $"{received} · p95 {(node.P95IsBound ? "≤ " : "")}{Figures.Milliseconds(p95)}" : received;
    }

    static void DrawSign(Markup svg, CallNode node, ErrorLevel level, double middle)
    {
        if (node.IsExternal)
        {
            svg.Add($"<path class=\"icon\" transform=\"translate({RingX} {middle})\" d=\"M-5 -7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M-10 11c0 -7 4 -9 10 -9s10 2 10 9\"/>");
        }
        else if (node.RequestsIn == 0)
        {
            svg.Add($"<path class=\"icon\" transform=\"translate({RingX} {middle})\" d=\"M-10 0H9M3 -6l6 6l-6 6M-10 -8v16\"/>");
        }
        else if (node.ErrorShare is { } share)
        {
            DrawRing(svg, share, level, middle);
        }
        else
        {
            svg.Add($"<path class=\"icon\" transform=\"translate({RingX} {middle})\" d=\"M-10 0H6M0 -6l6 6l-6 6M11 -8v16\"/>");
        }
    }

    static void DrawRing(Markup svg, double share, ErrorLevel level, double middle)
    {
        svg.Add($"<circle class=\"ring\" cx=\"{RingX}\" cy=\"{middle}\" r=\"{RingRadius}\"/>");
        if (share > 0)
        {
            // Too small an arc would not be seen at all.
            var arc = Math.Clamp(share * 100, level == ErrorLevel.Calm ? 1.5 : 4, 100);
            svg.Add($"<circle class=\"arc\" cx=\"{RingX}\" cy=\"{middle}\" r=\"{RingRadius}\" pathLength=\"100\" stroke-dasharray=\"{arc} 100\" transform=\"rotate(-90 {RingX} {middle})\"/>");
        }

        svg.Add($"<text class=\"share\" x=\"{RingX}\" y=\"{middle + 3.5}\">{ShortShare(share)}</text>");
    }

    /// <summary>The same figure as everywhere else, without the space that the ring does not have.</summary>
    static string ShortShare(double share) => Figures.Share(share).Replace("\u00a0", "").Replace("<0.", "<.");
}
