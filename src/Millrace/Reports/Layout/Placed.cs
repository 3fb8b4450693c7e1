namespace Millrace.Reports.Layout;

/// <param name="Node">The service.</param>
/// <param name="Layer">Its column, from the left.</param>
/// <param name="Card">Where its card is.</param>
sealed record PlacedNode(CallNode Node, int Layer, Box Card);

/// <param name="Edge">The calls.</param>
/// <param name="TurnsBack">Whether it runs from right to left, because calls go in a circle.</param>
/// <param name="Thickness">Of its line.</param>
/// <param name="Curves">Its line, from the source's card to where the arrow head begins.</param>
/// <param name="Head">Its arrow head.</param>
sealed record PlacedEdge(CallEdge Edge, bool TurnsBack, double Thickness, IReadOnlyList<Cubic> Curves, ArrowHead Head)
{
    /// <summary>Null where there is nothing to say, or no room.</summary>
    public EdgeLabel? Label { get; init; }

    public ErrorLevel Level => ErrorLevels.Of(Edge.ErrorShare);
}

/// <param name="Tip">Where it touches the target's card.</param>
/// <param name="Direction">Of length 1.</param>
/// <param name="Length">From its base to its tip.</param>
/// <param name="HalfWidth">Of its base.</param>
readonly record struct ArrowHead(Point Tip, Point Direction, double Length, double HalfWidth)
{
    public Point Base => Tip + (Direction * -Length);

    /// <summary>A little inside the head, so that no seam shows between them.</summary>
    public Point LineEnd => Tip + (Direction * (1 - Length));

    public static ArrowHead For(double thickness, Point tip, Point direction) => new(tip, direction, 7 + (thickness * 0.8), 3.5 + (thickness * 0.7));
}

sealed record EdgeLabel(string Text, Box Box);
