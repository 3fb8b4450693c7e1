namespace Millrace.Reports.Layout;

/// <summary>The columns of a drawing, and how high in them each card and each bend lies.</summary>
sealed class DrawingGrid
{
    /// <summary>What a drawing of few columns is spread to fill.</summary>
    const double DesktopWidth = 1240;

    readonly CardStyle _style;
    readonly double _cardWidth;
    readonly double _columnGap;
    readonly double[] _cardHeight;
    readonly double[] _middles;

    /// <param name="graph">What is drawn.</param>
    /// <param name="layered">The same, with its layers in order.</param>
    /// <param name="style">The measures of its cards.</param>
    /// <param name="ports">Make a card taller where many edges end.</param>
    /// <param name="thickness">Of each edge.</param>
    public DrawingGrid(CallGraph graph, LayeredGraph layered, CardStyle style, EdgePorts ports, IReadOnlyList<double> thickness)
    {
        _style = style;
        _cardHeight = [.. graph.Nodes.Select((_, card) => Math.Clamp(ports.RoomAt(card) + 16, style.Height, style.Height * 3))];
        var widest = graph.Nodes.Select(node => TextWidth.Of(node.Name, style.NameSize) + style.NameInset).DefaultIfEmpty().Max();
        _cardWidth = Math.Round(Math.Clamp(widest, style.MinWidth, style.MaxWidth));
        _columnGap = GapBetweenColumns(layered);
        _middles = Middles(graph, layered, thickness);
    }

    public double Left(int layer) => CardStyle.Margin + (layer * (_cardWidth + _columnGap));

    public double Right(int layer) => Left(layer) + _cardWidth;

    /// <summary>The middle of a vertex.</summary>
    public double Y(int vertex) => Math.Round(_middles[vertex] + CardStyle.Margin - (_style.Gap / 2), 1);

    /// <summary>How much of a card's side edges may use.</summary>
    public double SideOf(int card) => _cardHeight[card] - 12;

    public Box CardAt(int card, int layer) => new(Left(layer), Y(card) - (_cardHeight[card] / 2), _cardWidth, _cardHeight[card]);

    /// <summary>Few columns are drawn apart to fill a desktop's width; many edges between columns need room to part.</summary>
    double GapBetweenColumns(LayeredGraph layered)
    {
        var columns = layered.Layers.Length;
        var spare = columns < 2 ? 0 : (DesktopWidth - (columns * _cardWidth)) / (columns - 1);
        var busiest = layered.Layers.Select(layer => layer.Sum(vertex => layered.RightOf(vertex).Count)).DefaultIfEmpty().Max();
        return Math.Round(Math.Clamp(Math.Max(spare, busiest * 2), _style.MinColumnGap, _style.MaxColumnGap));
    }

    double[] Middles(CallGraph graph, LayeredGraph layered, IReadOnlyList<double> thickness)
    {
        var loops = graph.Edges.Where(edge => edge.IsLoop).Select(edge => edge.Source).ToHashSet();
        var above = new double[layered.VertexCount];
        var below = new double[layered.VertexCount];
        for (var vertex = 0; vertex < above.Length; vertex++)
        {
            below[vertex] = layered.IsCard(vertex) ? (_cardHeight[vertex] + _style.Gap) / 2 : (thickness[layered.LinkOfBend(vertex)] / 2) + _style.BendGap;
            above[vertex] = below[vertex] + (layered.IsCard(vertex) && loops.Contains(graph.Nodes[vertex].Name) ? CardStyle.LoopRoom : 0);
        }

        return LayerPlacement.Middles(layered, above, below);
    }
}
