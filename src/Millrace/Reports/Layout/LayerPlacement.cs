namespace Millrace.Reports.Layout;

/// <summary>
/// Gives every vertex its height in the drawing: as level with its neighbours as the order and the distances within its column allow.
/// </summary>
sealed class LayerPlacement
{
    const int Rounds = 24;

    readonly LayeredGraph _graph;
    readonly double[] _above;
    readonly double[] _below;
    readonly double[] _y;

    /// <param name="graph">With its layers in order.</param>
    /// <param name="above">Per vertex, the room it needs above its middle.</param>
    /// <param name="below">Per vertex, the room it needs below its middle.</param>
    LayerPlacement(LayeredGraph graph, double[] above, double[] below)
    {
        (_graph, _above, _below) = (graph, above, below);
        _y = new double[graph.VertexCount];
    }

    /// <summary>The middle of each vertex; the topmost vertex's room begins at 0.</summary>
    public static double[] Middles(LayeredGraph graph, double[] above, double[] below)
    {
        var placement = new LayerPlacement(graph, above, below);
        placement.Place();
        return placement._y;
    }

    void Place()
    {
        foreach (var layer in _graph.Layers)
        {
            Settle(layer, [.. layer.Select(_ => 0.0)], [.. layer.Select(_ => 1.0)]);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var fromLeft = round % 2 == 0;
            foreach (var layer in fromLeft ? _graph.Layers : _graph.Layers.Reverse())
            {
                Level(layer, fromLeft, bothSides: round >= Rounds / 2);
            }
        }

        var top = Enumerable.Range(0, _y.Length).Select(vertex => _y[vertex] - _above[vertex]).DefaultIfEmpty().Min();
        for (var vertex = 0; vertex < _y.Length; vertex++)
        {
            _y[vertex] -= top;
        }
    }

    void Level(List<int> layer, bool fromLeft, bool bothSides)
    {
        var wishes = new double[layer.Count];
        var weights = new double[layer.Count];
        for (var index = 0; index < layer.Count; index++)
        {
            var vertex = layer[index];
            var neighbours = bothSides ? [.. _graph.LeftOf(vertex), .. _graph.RightOf(vertex)]
                : fromLeft ? _graph.LeftOf(vertex)
                : _graph.RightOf(vertex);
            weights[index] = neighbours.Sum(neighbour => Straightness(vertex, neighbour));
            wishes[index] = weights[index] > 0 ? neighbours.Sum(neighbour => Straightness(vertex, neighbour) * _y[neighbour]) / weights[index] : _y[vertex];
            weights[index] = Math.Max(weights[index], 0.1);
        }

        Settle(layer, wishes, weights);
    }

    /// <summary>A long edge should run straight where it passes columns; at its ends it may curve.</summary>
    double Straightness(int a, int b) => (_graph.IsCard(a), _graph.IsCard(b)) switch
    {
        (true, true) => 1,
        (false, false) => 8,
        _ => 2,
    };

    /// <summary>
    /// The places nearest to the wishes (least squares) that keep order and distance: isotonic regression by pooling neighbours that
    /// want to pass each other.
    /// </summary>
    void Settle(List<int> layer, double[] wishes, double[] weights)
    {
        var pools = new List<(double Place, double Weight, int Count)>();
        var offsets = new double[layer.Count];
        for (var index = 0; index < layer.Count; index++)
        {
            offsets[index] = index == 0 ? 0 : offsets[index - 1] + _below[layer[index - 1]] + _above[layer[index]];
            var pool = (Place: wishes[index] - offsets[index], Weight: weights[index], Count: 1);
            while (pools.Count > 0 && pools[^1].Place > pool.Place)
            {
                var upper = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                var weight = upper.Weight + pool.Weight;
                pool = (((upper.Place * upper.Weight) + (pool.Place * pool.Weight)) / weight, weight, upper.Count + pool.Count);
            }

            pools.Add(pool);
        }

        var next = 0;
        foreach (var (place, _, count) in pools)
        {
            for (var member = 0; member < count; member++, next++)
            {
                _y[layer[next]] = place + offsets[next];
            }
        }
    }
}
