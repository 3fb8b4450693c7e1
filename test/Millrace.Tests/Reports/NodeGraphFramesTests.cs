using System.Text;
using System.Text.Json;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class NodeGraphFramesTests
{
    [Fact]
    public void Small_graph_reads_as_expected()
    {
        var frames = JsonSerializer.Serialize(Frames(Some.Graph()), new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" });

        Golden.Matches("Reports/Golden/node-graph.json", frames + "\n");
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 9)]
    [InlineData(999_983, 1_000_003)]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    public void Arcs_add_up_to_exactly_one(long errors, long requests)
    {
        var frames = Frames(new CallGraph([Some.Edge("a", "b", requests, errors, 1)]));

        Assert.All(frames.GetProperty("nodes").EnumerateArray(), node =>
        {
            Assert.Equal(1m, node.GetProperty("arc__ok").GetDecimal() + node.GetProperty("arc__errors").GetDecimal());
            Assert.Equal(1d, node.GetProperty("arc__ok").GetDouble() + node.GetProperty("arc__errors").GetDouble());
        });
    }

    [Fact]
    public void Every_end_of_an_edge_is_a_node()
    {
        var frames = Frames(Some.Graph(40, 90, seed: 3));

        var ids = frames.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()).ToHashSet();

        Assert.All(frames.GetProperty("edges").EnumerateArray(), edge =>
        {
            Assert.Contains(edge.GetProperty("source").GetString(), ids);
            Assert.Contains(edge.GetProperty("target").GetString(), ids);
        });
    }

    [Fact]
    public void Measures_that_are_not_known_are_left_out()
    {
        var frames = Frames(new CallGraph([Some.Edge("a", "b")]));

        Assert.Equal(
            ["id", "source", "target", "mainstat", "thickness", "detail__totalRequests"],
            frames.GetProperty("edges")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["id", "title", "subtitle", "mainstat", "detail__requestsIn", "detail__requestsOut"],
            frames.GetProperty("nodes")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void Rows_are_flat()
    {
        var frames = Frames(Some.Graph());

        Assert.All(
            frames.EnumerateObject().SelectMany(frame => frame.Value.EnumerateArray()).SelectMany(row => row.EnumerateObject()),
            field => Assert.True(field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number, field.Name));
    }

    [Fact]
    public void Empty_graph_has_two_empty_frames()
    {
        using var stream = new MemoryStream();

        NodeGraphFrames.Write(new CallGraph([]), stream);

        Assert.Equal("{\"nodes\":[],\"edges\":[]}\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    static JsonElement Frames(CallGraph graph)
    {
        using var stream = new MemoryStream();
        NodeGraphFrames.Write(graph, stream);
        return JsonSerializer.Deserialize<JsonElement>(stream.ToArray());
    }
}
