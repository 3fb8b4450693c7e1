namespace Millrace.Reports.Layout;

/// <summary>Orders each column so that few edges cross: barycentre sweeps from both sides, keeping the best order met.</summary>
sealed class LayerOrder
{
    const int Sweeps = 24;

    readonly LayeredGraph _graph;
    readonly int[] _position;

    LayerOrder(LayeredGraph graph)
    {
        _graph = graph;
        _position = new int[graph.VertexCount];
        foreach (var layer in graph.Layers)
        {
            Number(layer);
        }
    }

    /// <summary>Reorders the graph's layers in place; the same graph always gets the same order.</summary>
    public static void Improve(LayeredGraph graph) => new LayerOrder(graph).Sweep();

    /// <summary>How many pairs of stretches cross.</summary>
    public static long Crossings(LayeredGraph graph) => new LayerOrder(graph).CountCrossings();

    void Sweep()
    {
        var best = _graph.Layers.Select(layer => layer.ToArray()).ToArray();
        var fewest = CountCrossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            SortLayers(fromLeft: sweep % 2 == 0);
            SwitchNeighbours();
            var crossings = CountCrossings();
            if (crossings < fewest)
            {
                fewest = crossings;
                best = [.. _graph.Layers.Select(layer => layer.ToArray())];
            }
        }

        for (var layer = 0; layer < best.Length; layer++)
        {
            _graph.Layers[layer].Clear();
            _graph.Layers[layer].AddRange(best[layer]);
        }
    }

    void SortLayers(bool fromLeft)
    {
        foreach (var layer in fromLeft ? _graph.Layers : _graph.Layers.Reverse())
        {
            var sorted = layer.OrderBy(vertex => Barycentre(vertex, fromLeft ? _graph.LeftOf(vertex) : _graph.RightOf(vertex))).ToList();
            layer.Clear();
            layer.AddRange(sorted);
            Number(layer);
        }
    }

    double Barycentre(int vertex, IReadOnlyList<int> neighbours) =>
        neighbours.Count == 0 ? _position[vertex] : neighbours.Average(neighbour => _position[neighbour]);

    /// <summary>Barycentres tie often; swapping neighbours settles what they leave open.</summary>
    void SwitchNeighbours()
    {
        foreach (var layer in _graph.Layers)
        {
            for (var upper = 0; upper + 1 < layer.Count; upper++)
            {
                var (a, b) = (layer[upper], layer[upper + 1]);
                if (CrossingsOfPair(b, a) < CrossingsOfPair(a, b))
                {
                    (layer[upper], layer[upper + 1]) = (b, a);
                    (_position[a], _position[b]) = (_position[b], _position[a]);
                }
            }
        }
    }

    int CrossingsOfPair(int upper, int lower) =>
        CrossingsOfPair(_graph.LeftOf(upper), _graph.LeftOf(lower)) + CrossingsOfPair(_graph.RightOf(upper), _graph.RightOf(lower));

    int CrossingsOfPair(IReadOnlyList<int> ofUpper, IReadOnlyList<int> ofLower) =>
        ofUpper.Sum(u => ofLower.Count(l => _position[l] < _position[u]));

    long CountCrossings() => _graph.Layers.Sum(CrossingsRightOf);

    /// <summary>Counts inversions with a Fenwick tree: stretches in order of their left end, each crossing those before it that end lower.</summary>
    long CrossingsRightOf(List<int> layer)
    {
        var ends = layer.SelectMany(vertex => _graph.RightOf(vertex).Select(right => _position[right]).Order()).ToList();
        var tree = new int[ends.Count == 0 ? 1 : ends.Max() + 2];
        var crossings = 0L;
        for (var seen = 0; seen < ends.Count; seen++)
        {
            crossings += seen;
            for (var node = ends[seen] + 1; node > 0; node -= node & -node)
            {
                crossings -= tree[node];
            }

            for (var node = ends[seen] + 1; node < tree.Length; node += node & -node)
            {
                tree[node]++;
            }
        }

        return crossings;
    }

    void Number(List<int> layer)
    {
        for (var index = 0; index < layer.Count; index++)
        {
            _position[layer[index]] = index;
        }
    }
}
