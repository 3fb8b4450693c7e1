using Millrace.Reports.Layout;

namespace Millrace.Tests.Reports.Layout;

public sealed class LayerOrderTests
{
    [Fact]
    public void Crossings_that_can_be_avoided_are_avoided()
    {
        var graph = Layered(6, [new(0, 5, 1), new(1, 4, 1), new(2, 3, 1)]);

        LayerOrder.Improve(graph);

        Assert.Equal(0, LayerOrder.Crossings(graph));
    }

    [Fact]
    public void Crossings_are_counted_as_by_comparing_every_pair()
    {
        var random = new Random(11);
        var links = Enumerable.Range(0, 40).Select(_ => new Link(random.Next(10), 10 + random.Next(10), 1)).Distinct().ToArray();
        var graph = Layered(20, links);

        var expected = links.SelectMany(a => links.Select(b => (a, b))).Count(pair => pair.a.Source < pair.b.Source && pair.a.Target > pair.b.Target);

        Assert.Equal(expected, LayerOrder.Crossings(graph));
    }

    [Fact]
    public void Order_never_gets_worse()
    {
        var random = new Random(12);
        var links = Enumerable.Range(0, 60).Select(_ => random.Next(25)).Select(source => new Link(source, source + random.Next(1, 6), 1)).Distinct().ToArray();
        var graph = Layered(30, links);
        var before = LayerOrder.Crossings(graph);

        LayerOrder.Improve(graph);

        Assert.True(LayerOrder.Crossings(graph) <= before);
    }

    static LayeredGraph Layered(int nodes, Link[] links) => new(nodes, links, Layering.Of(nodes, links));
}
