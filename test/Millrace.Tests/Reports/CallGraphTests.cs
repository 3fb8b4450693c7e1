using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class CallGraphTests
{
    [Fact]
    public void Nodes_follow_from_edges_and_add_up_their_calls()
    {
        var graph = new CallGraph([Some.Edge("a", "c", 30, 3, 10), Some.Edge("b", "c", 10, 1, 30), Some.Edge("c", "d", 5)]);

        var node = graph.Nodes.Single(node => node.Name == "c");

        Assert.Equal(["a", "b", "c", "d"], graph.Nodes.Select(node => node.Name));
        Assert.Equal((40, 5, 4), (node.RequestsIn, node.RequestsOut, node.Errors));
        Assert.Equal(0.1, node.ErrorShare);
        Assert.Equal(15, node.AvgDurationMs);
        Assert.Equal((90, true), (node.P95DurationMs, node.P95IsBound));
    }

    [Fact]
    public void P95_of_one_caller_is_no_bound()
    {
        var graph = new CallGraph([Some.Edge("a", "b", 30, 3, 10)]);

        Assert.False(graph.Nodes[1].P95IsBound);
    }

    [Fact]
    public void Measures_that_no_edge_has_stay_unknown()
    {
        var node = new CallGraph([Some.Edge("a", "b", 30)]).Nodes[1];

        Assert.Equal((null, null, null, null, null), (node.Errors, node.ErrorShare, node.AvgDurationMs, node.P95DurationMs, node.Bytes));
    }

    [Fact]
    public void Errors_are_shared_by_the_calls_whose_outcome_is_known()
    {
        var graph = new CallGraph([Some.Edge("a", "c", 10, 5, 1), Some.Edge("b", "c", 990)]);

        Assert.Equal(0.5, graph.Nodes.Single(node => node.Name == "c").ErrorShare);
    }

    [Fact]
    public void Service_with_metrics_but_no_calls_is_a_node()
    {
        var graph = new CallGraph([], new Dictionary<string, IReadOnlyList<NodeMetric>> { ["idle"] = [new("cpu", null, 1, 2, 1.5, 2)] });

        Assert.Equal(("idle", 0, 0), (graph.Nodes[0].Name, graph.Nodes[0].RequestsIn, graph.Nodes[0].RequestsOut));
    }

    [Fact]
    public void Order_of_input_does_not_matter()
    {
        var edges = Some.Graph().Edges;

        Assert.Equal(edges, new CallGraph(edges.Reverse()).Edges);
    }
}
