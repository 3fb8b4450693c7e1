namespace Millrace.Reports.Layout;

/// <summary>Draws each edge from card to card through its bends, level wherever it passes a column.</summary>
sealed class EdgeRouter
{
    readonly IReadOnlyList<Link> _links;
    readonly Layering _layering;
    readonly LayeredGraph _layered;
    readonly DrawingGrid _grid;
    readonly IReadOnlyList<double> _thickness;
    readonly double[] _leftEnd;
    readonly double[] _rightEnd;

    /// <param name="links">The edges.</param>
    /// <param name="layering">Their directions.</param>
    /// <param name="layered">Their bends.</param>
    /// <param name="grid">Where cards and bends are.</param>
    /// <param name="ports">Where edges touch cards.</param>
    /// <param name="thickness">Of each edge.</param>
    public EdgeRouter(IReadOnlyList<Link> links, Layering layering, LayeredGraph layered, DrawingGrid grid, EdgePorts ports, IReadOnlyList<double> thickness)
    {
        (_links, _layering, _layered, _grid, _thickness) = (links, layering, layered, grid, thickness);
        _leftEnd = new double[links.Count];
        _rightEnd = new double[links.Count];
        for (var card = 0; card < layering.LayerOf.Length; card++)
        {
            foreach (var (link, offset) in ports.Spread(card, right: true, grid.SideOf(card), link => grid.Y(layered.Chains[link][1])))
            {
                _leftEnd[link] = grid.Y(card) + offset;
            }

            foreach (var (link, offset) in ports.Spread(card, right: false, grid.SideOf(card), link => grid.Y(layered.Chains[link][^2])))
            {
                _rightEnd[link] = grid.Y(card) + offset;
            }
        }
    }

    /// <summary>The edges, in the same order, without labels.</summary>
    public PlacedEdge[] Route(IReadOnlyList<CallEdge> edges) => [.. edges.Select((edge, link) => edge.IsLoop ? Loop(edge, link) : Between(edge, link))];

    PlacedEdge Between(CallEdge edge, int link)
    {
        var chain = _layered.Chains[link];
        var layer = _layering.LayerOf[chain[0]];
        var points = new List<Point> { new(_grid.Right(layer), _leftEnd[link]) };
        foreach (var bend in chain.Skip(1).SkipLast(1))
        {
            layer++;
            points.Add(new(_grid.Left(layer), _grid.Y(bend)));
            points.Add(new(_grid.Right(layer), _grid.Y(bend)));
        }

        points.Add(new(_grid.Left(layer + 1), _rightEnd[link]));
        var turnsBack = _layering.TurnsBack(_links[link]);
        if (turnsBack)
        {
            points.Reverse();
        }

        var head = ArrowHead.For(_thickness[link], points[^1], new(turnsBack ? -1 : 1, 0));
        points[^1] = head.LineEnd;
        return new(edge, turnsBack, _thickness[link], [.. points.Zip(points.Skip(1), Cubic.Level)], head);
    }

    /// <summary>Out of the top of the card and back into it.</summary>
    PlacedEdge Loop(CallEdge edge, int link)
    {
        var card = _links[link].Source;
        var box = _grid.CardAt(card, _layering.LayerOf[card]);
        var head = ArrowHead.For(_thickness[link], new(box.Right - 22, box.Y), new(0, 1));
        var start = new Point(box.Right - 92, box.Y);
        var rise = CardStyle.LoopRoom * 1.15;
        return new(edge, false, _thickness[link], [new(start, new(start.X, start.Y - rise), new(head.Tip.X, start.Y - rise), head.LineEnd)], head);
    }
}
