using Millrace.Reports;
using Millrace.Reports.Layout;

namespace Millrace.Tests.Reports.Layout;

public sealed class GraphLayoutTests
{
    public static TheoryData<int, int, int> Sizes => new() { { 2, 1, 1 }, { 4, 5, 2 }, { 12, 22, 3 }, { 60, 130, 4 }, { 61, 130, 5 }, { 200, 480, 6 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void No_two_cards_overlap(int services, int edges, int seed)
    {
        var nodes = GraphLayout.Of(Some.Graph(services, edges, seed)).Nodes;

        Assert.DoesNotContain(true, nodes.SelectMany((a, index) => nodes.Skip(index + 1).Select(b => a.Card.Overlaps(b.Card))));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Everything_lies_within_the_drawing(int services, int edges, int seed)
    {
        var layout = GraphLayout.Of(Some.Graph(services, edges, seed));

        var whole = new Box(0, 0, layout.Width, layout.Height);

        Assert.All(layout.Nodes, node => Assert.True(whole.Holds(new(node.Card.X, node.Card.Y)) && whole.Holds(new(node.Card.Right, node.Card.Bottom))));
        Assert.All(layout.Edges.SelectMany(edge => edge.Curves), curve => Assert.True(whole.Holds(curve.Start) && whole.Holds(curve.At(0.5)) && whole.Holds(curve.End)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Edges_begin_and_end_at_their_cards(int services, int edges, int seed)
    {
        var layout = GraphLayout.Of(Some.Graph(services, edges, seed));

        var cards = layout.Nodes.ToDictionary(node => node.Node.Name, node => node.Card);

        Assert.All(layout.Edges, edge =>
        {
            Assert.True(cards[edge.Edge.Source].Grown(0.11).Holds(edge.Curves[0].Start));
            Assert.True(cards[edge.Edge.Target].Grown(0.11).Holds(edge.Head.Tip));
            Assert.All(edge.Curves.Zip(edge.Curves.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Callers_stand_left_of_services_unless_the_edge_turns_back(int services, int edges, int seed)
    {
        var layout = GraphLayout.Of(Some.Graph(services, edges, seed));

        var layers = layout.Nodes.ToDictionary(node => node.Node.Name, node => node.Layer);

        Assert.All(layout.Edges.Where(edge => edge.Edge.Source != edge.Edge.Target), edge =>
            Assert.Equal(edge.TurnsBack, layers[edge.Edge.Source] > layers[edge.Edge.Target]));
        Assert.All(layout.Edges.Where(edge => edge.Edge.Source != edge.Edge.Target), edge =>
            Assert.NotEqual(layers[edge.Edge.Source], layers[edge.Edge.Target]));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Labels_cover_no_card_and_no_other_label(int services, int edges, int seed)
    {
        var layout = GraphLayout.Of(Some.Graph(services, edges, seed));

        var labels = layout.Edges.Where(edge => edge.Label is not null).Select(edge => edge.Label!.Box).ToList();

        Assert.DoesNotContain(labels, label => layout.Nodes.Any(node => node.Card.Overlaps(label)));
        Assert.DoesNotContain(true, labels.SelectMany((a, index) => labels.Skip(index + 1).Select(a.Overlaps)));
    }

    [Fact]
    public void Graph_without_circles_has_no_edge_that_turns_back()
    {
        var layout = GraphLayout.Of(new CallGraph([Some.Edge("a", "b"), Some.Edge("b", "c"), Some.Edge("a", "c"), Some.Edge("c", "c")]));

        Assert.DoesNotContain(layout.Edges, edge => edge.TurnsBack);
    }

    [Fact]
    public void Circle_is_broken_where_the_least_traffic_flows()
    {
        var layout = GraphLayout.Of(new CallGraph([Some.Edge("a", "b", 900), Some.Edge("b", "c", 800), Some.Edge("c", "a", 3)]));

        Assert.Equal("c>a", Assert.Single(layout.Edges, edge => edge.TurnsBack).Edge.Id);
    }

    [Fact]
    public void External_stands_in_the_first_column()
    {
        var layout = GraphLayout.Of(new CallGraph([Some.Edge("a", "b"), Some.Edge("b", "c"), Some.Edge(CallGraph.External, "c")]));

        Assert.Equal(0, layout.Nodes.Single(node => node.Node.IsExternal).Layer);
    }

    [Fact]
    public void Caller_of_one_distant_service_stands_next_to_it()
    {
        var layout = GraphLayout.Of(new CallGraph([Some.Edge("a", "b"), Some.Edge("b", "c"), Some.Edge("c", "d"), Some.Edge("export", "d")]));

        Assert.Equal(2, layout.Nodes.Single(node => node.Node.Name == "export").Layer);
    }

    [Fact]
    public void Busier_edges_are_thicker()
    {
        var layout = GraphLayout.Of(new CallGraph([Some.Edge("a", "b", 1_000_000), Some.Edge("a", "c", 10_000), Some.Edge("a", "d", 100)]));

        Assert.Equal(layout.Edges.OrderByDescending(edge => edge.Edge.TotalRequests), layout.Edges.OrderByDescending(edge => edge.Thickness));
        Assert.Equal(3, layout.Edges.DistinctBy(edge => edge.Thickness).Count());
    }

    [Fact]
    public void Order_of_input_does_not_change_the_drawing()
    {
        var edges = Some.Graph(60, 130, seed: 7).Edges;

        var first = GraphLayout.Of(new CallGraph(edges));
        var second = GraphLayout.Of(new CallGraph(edges.Reverse()));

        Assert.Equal(first.Nodes.Select(node => (node.Node.Name, node.Card)), second.Nodes.Select(node => (node.Node.Name, node.Card)));
        Assert.Equal(first.Edges.SelectMany(edge => edge.Curves), second.Edges.SelectMany(edge => edge.Curves));
    }

    [Fact]
    public void Empty_graph_and_unconnected_services_are_legal()
    {
        var metrics = Enumerable.Range(0, 9).ToDictionary(index => $"idle-{index}", IReadOnlyList<NodeMetric> (_) => []);

        Assert.Empty(GraphLayout.Of(new CallGraph([])).Nodes);
        Assert.Equal(3, GraphLayout.Of(new CallGraph([], metrics)).Nodes.Max(node => node.Layer) + 1);
    }
}
