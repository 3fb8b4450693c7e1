namespace Millrace.Reports.Layout;

/// <summary>
/// A call graph as a drawing: callers left, the services that they call right. The same graph always gives the same drawing.
/// </summary>
/// <param name="Style">The measures of its cards.</param>
/// <param name="Width">Of the whole, margins included.</param>
/// <param name="Height">Of the whole, margins included.</param>
/// <param name="Nodes">In the order of the graph's nodes.</param>
/// <param name="Edges">In the order of the graph's edges.</param>
sealed record GraphLayout(CardStyle Style, double Width, double Height, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges)
{
    public static GraphLayout Of(CallGraph graph)
    {
        var index = graph.Nodes.Index().ToDictionary(node => node.Item.Name, node => node.Index);
        Link[] links = [.. graph.Edges.Select(edge => new Link(index[edge.Source], index[edge.Target], Math.Max(1, edge.TotalRequests)))];
        var layering = Layering.Of(graph.Nodes.Count, links, index.TryGetValue(CallGraph.External, out var external) ? external : null);
        var layered = new LayeredGraph(graph.Nodes.Count, links, layering);
        LayerOrder.Improve(layered);

        var style = CardStyle.For(graph.Nodes.Count);
        var scale = new EdgeThickness(graph, style.ThinnestEdge, style.ThickestEdge);
        double[] thickness = [.. graph.Edges.Select(edge => scale.Of(edge.TotalRequests))];
        var ports = new EdgePorts(layered, thickness);
        var grid = new DrawingGrid(graph, layered, style, ports, thickness);

        PlacedNode[] nodes = [.. graph.Nodes.Select((node, card) => new PlacedNode(node, layering.LayerOf[card], grid.CardAt(card, layering.LayerOf[card])))];
        var edges = LabelPlacement.Label(nodes, new EdgeRouter(links, layering, layered, grid, ports, thickness).Route(graph.Edges));
        var right = nodes.Select(node => node.Card.Right).DefaultIfEmpty().Max();
        var bottom = nodes.Select(node => node.Card.Bottom).Concat(edges.Select(edge => edge.Curves.Max(curve => curve.End.Y))).DefaultIfEmpty().Max();
        return new(style, right + CardStyle.Margin, bottom + CardStyle.Margin, nodes, edges);
    }
}
