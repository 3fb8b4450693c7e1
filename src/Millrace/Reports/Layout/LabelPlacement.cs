namespace Millrace.Reports.Layout;

/// <summary>
/// Finds room for the labels of edges: on the edge's own line, over no card and no other label, and over as few other lines as possible.
/// An edge that finds none goes without; its figures are in the table and the tooltip.
/// </summary>
sealed class LabelPlacement
{
    public const double FontSize = 11.5;

    const double Height = 19;
    const int MostWithBothFigures = 12;
    const int MostWithRequests = 30;
    const int PointsPerCurve = 16;

    static readonly double[] Tries = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

    readonly IReadOnlyList<PlacedEdge> _edges;
    readonly List<Box> _taken;
    readonly (Box Bounds, Point[] Points)[] _lines;

    LabelPlacement(IReadOnlyList<PlacedNode> nodes, IReadOnlyList<PlacedEdge> edges)
    {
        _edges = edges;
        _taken = [.. nodes.Select(node => node.Card.Grown(4))];
        _taken.AddRange(edges.Select(edge => Box.Around(edge.Head.Tip, 2 * edge.Head.Length, 2 * edge.Head.HalfWidth)));
        _lines = [.. edges.Select(edge => edge.Curves.SelectMany(PointsOf).ToArray()).Select(points => (Box.Of(points), points))];
    }

    /// <summary>The edges, in the same order, with their labels.</summary>
    public static PlacedEdge[] Label(IReadOnlyList<PlacedNode> nodes, IReadOnlyList<PlacedEdge> edges)
    {
        var placement = new LabelPlacement(nodes, edges);
        var labelled = edges.ToArray();
        foreach (var index in Enumerable.Range(0, edges.Count).OrderByDescending(index => edges[index].Level))
        {
            labelled[index] = edges[index] with { Label = placement.Place(index) };
        }

        return labelled;
    }

    EdgeLabel? Place(int index)
    {
        var text = TextOf(_edges[index]);
        if (text is null)
        {
            return null;
        }

        var width = TextWidth.Of(text, FontSize) + 12;
        var places = Tries.SelectMany(t => _edges[index].Curves.Select(curve => Box.Around(curve.At(t), width, Height)))
            .Where(box => !_taken.Exists(taken => taken.Overlaps(box)))
            .Select(box => (Box: box, Covered: LinesCovered(box, index)))
            .ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var best = places.MinBy(place => place.Covered).Box;
        _taken.Add(best.Grown(3));
        return new EdgeLabel(text, best);
    }

    /// <summary>An edge with errors always tells their share; the others their requests, unless there are many.</summary>
    string? TextOf(PlacedEdge placed)
    {
        var requests = Figures.Count(placed.Edge.TotalRequests);
        if (placed.Level == ErrorLevel.Calm)
        {
            return _edges.Count > MostWithRequests ? null : requests;
        }

        var errors = Figures.Share(placed.Edge.ErrorShare!.Value);
        return _edges.Count > MostWithBothFigures ? errors : $"{requests} · {errors}";
    }

    int LinesCovered(Box box, int own) =>
        _lines.Where((line, index) => index != own && line.Bounds.Overlaps(box) && Array.Exists(line.Points, box.Holds)).Count();

    static IEnumerable<Point> PointsOf(Cubic curve) => Enumerable.Range(0, PointsPerCurve + 1).Select(step => curve.At(step / (double)PointsPerCurve));
}
