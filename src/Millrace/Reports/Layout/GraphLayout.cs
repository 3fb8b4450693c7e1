namespace Millrace.Reports.Layout;

/// <summary>
/// A call graph as a drawing: callers left, the services that they call right. The same graph always gives the same drawing.
/// </summary>
sealed class GraphLayout
{
    readonly CallGraph _graph;
    readonly Link[] _links;
    readonly LayeredGraph _layered;
    readonly EdgePorts _ports;
    readonly double[] _thickness;
    readonly double[] _cardHeight;
    readonly Layering _layering;

    GraphLayout(CallGraph graph)
    {
        _graph = graph;
        Style = CardStyle.For(graph.Nodes.Count);
        var index = graph.Nodes.Select((node, position) => (node.Name, position)).ToDictionary(node => node.Name, node => node.position);
        _links = [.. graph.Edges.Select(edge => new Link(index[edge.Source], index[edge.Target], Math.Max(1, edge.TotalRequests)))];
        _layering = Layering.Of(graph.Nodes.Count, _links, index.TryGetValue(CallGraph.External, out var external) ? external : null);
        _layered = new LayeredGraph(graph.Nodes.Count, _links, _layering);
        LayerOrder.Improve(_layered);

        var scale = new EdgeThickness(graph, Style.ThinnestEdge, Style.ThickestEdge);
        _thickness = [.. graph.Edges.Select(edge => scale.Of(edge.TotalRequests))];
        _ports = new EdgePorts(_layered, _thickness);
        _cardHeight = [.. graph.Nodes.Select((_, card) => Math.Clamp(_ports.RoomAt(card) + 16, Style.Height, Style.Height * 3))];
        CardWidth = graph.Nodes.Select(node => TextWidth.Of(node.Name, Style.NameSize) + Style.NameInset).DefaultIfEmpty().Max();
        CardWidth = Math.Round(Math.Clamp(CardWidth, Style.MinWidth, Style.MaxWidth));

        Nodes = PlaceNodes();
        Edges = LabelPlacement.Label(Nodes, PlaceEdges());
        Width = Nodes.Select(node => node.Card.Right).DefaultIfEmpty().Max() + CardStyle.Margin;
        Height = Nodes.Select(node => node.Card.Bottom).Concat(Edges.SelectMany(edge => edge.Curves.Select(curve => curve.End.Y))).DefaultIfEmpty().Max()
            + CardStyle.Margin;
    }

    public CardStyle Style { get; }

    public double CardWidth { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>In the order of the graph's nodes.</summary>
    public IReadOnlyList<PlacedNode> Nodes { get; }

    /// <summary>In the order of the graph's edges.</summary>
    public IReadOnlyList<PlacedEdge> Edges { get; }

    /// <summary>The middle of each vertex, bends included.</summary>
    double[] Middles { get; set; } = [];

    double ColumnGap { get; set; }

    public static GraphLayout Of(CallGraph graph) => new(graph);

    PlacedNode[] PlaceNodes()
    {
        var loops = _graph.Edges.Where(edge => edge.IsLoop).Select(edge => edge.Source).ToHashSet();
        var above = new double[_layered.VertexCount];
        var below = new double[_layered.VertexCount];
        for (var vertex = 0; vertex < above.Length; vertex++)
        {
            below[vertex] = _layered.IsCard(vertex)
                ? (_cardHeight[vertex] + Style.Gap) / 2
                : (_thickness[_layered.LinkOfBend(vertex)] / 2) + Style.BendGap;
            above[vertex] = below[vertex] + (_layered.IsCard(vertex) && loops.Contains(_graph.Nodes[vertex].Name) ? CardStyle.LoopRoom : 0);
        }

        Middles = LayerPlacement.Middles(_layered, above, below);
        ColumnGap = GapBetweenColumns();
        return
        [
            .. _graph.Nodes.Select((node, card) => new PlacedNode(
                node,
                _layering.LayerOf[card],
                new Box(ColumnLeft(_layering.LayerOf[card]), Y(card) - (_cardHeight[card] / 2), CardWidth, _cardHeight[card]))),
        ];
    }

    /// <summary>Few columns are drawn apart to fill a desktop's width; many edges between columns need room to part.</summary>
    double GapBetweenColumns()
    {
        const double desktopWidth = 1240;
        var columns = _layered.Layers.Length;
        var spare = columns < 2 ? 0 : (desktopWidth - (columns * CardWidth)) / (columns - 1);
        var busiest = _layered.Layers.Select(layer => layer.Sum(vertex => _layered.RightOf(vertex).Count)).DefaultIfEmpty().Max();
        return Math.Round(Math.Clamp(Math.Max(spare, busiest * 2), Style.MinColumnGap, Style.MaxColumnGap));
    }

    double ColumnLeft(int layer) => CardStyle.Margin + (layer * (CardWidth + ColumnGap));

    double Y(int vertex) => Math.Round(Middles[vertex] + CardStyle.Margin - (Style.Gap / 2), 1);

    PlacedEdge[] PlaceEdges()
    {
        var startY = new double[_links.Length];
        var endY = new double[_links.Length];
        for (var card = 0; card < _graph.Nodes.Count; card++)
        {
            var side = _cardHeight[card] - 12;
            foreach (var (link, offset) in _ports.Spread(card, right: true, side, link => Y(_layered.Chains[link][1])))
            {
                startY[link] = Y(card) + offset;
            }

            foreach (var (link, offset) in _ports.Spread(card, right: false, side, link => Y(_layered.Chains[link][^2])))
            {
                endY[link] = Y(card) + offset;
            }
        }

        return [.. _graph.Edges.Select((edge, link) => edge.IsLoop ? Loop(edge, link) : Route(edge, link, startY[link], endY[link]))];
    }

    /// <summary>From card to card through the edge's bends, level wherever it passes a column.</summary>
    PlacedEdge Route(CallEdge edge, int link, double leftY, double rightY)
    {
        var chain = _layered.Chains[link];
        var layer = _layering.LayerOf[chain[0]];
        var points = new List<Point> { new(ColumnLeft(layer) + CardWidth, leftY) };
        foreach (var bend in chain.Skip(1).SkipLast(1))
        {
            layer++;
            points.Add(new(ColumnLeft(layer), Y(bend)));
            points.Add(new(ColumnLeft(layer) + CardWidth, Y(bend)));
        }

        points.Add(new(ColumnLeft(layer + 1), rightY));
        var turnsBack = _layering.TurnsBack(_links[link]);
        if (turnsBack)
        {
            points.Reverse();
        }

        var head = ArrowHead.For(_thickness[link], points[^1], new(turnsBack ? -1 : 1, 0));
        points[^1] = head.Base;
        return new(edge, turnsBack, _thickness[link], [.. points.Zip(points.Skip(1), Cubic.Level)], head);
    }

    /// <summary>Out of the top of the card and back into it.</summary>
    PlacedEdge Loop(CallEdge edge, int link)
    {
        var card = Nodes[_links[link].Source].Card;
        var head = ArrowHead.For(_thickness[link], new(card.Right - 22, card.Y), new(0, 1));
        var start = new Point(card.Right - 66, card.Y);
        var rise = CardStyle.LoopRoom * 1.15;
        return new(edge, false, _thickness[link], [new(start, new(start.X, start.Y - rise), new(head.Tip.X, start.Y - rise), head.Base)], head);
    }
}
