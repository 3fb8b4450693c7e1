namespace Millrace.Reports.Layout;

/// <summary>
/// The graph with a bend in every column that an edge passes, so that each stretch joins two neighbouring columns.
/// Vertices are the cards (numbered as the nodes), then the bends.
/// </summary>
sealed class LayeredGraph
{
    readonly int _cardCount;
    readonly List<List<int>> _left = [];
    readonly List<List<int>> _right = [];
    readonly List<int> _linkOfBend = [];

    public LayeredGraph(int cardCount, IReadOnlyList<Link> links, Layering layering)
    {
        _cardCount = cardCount;
        var layerCount = cardCount == 0 ? 0 : layering.LayerOf.Max() + 1;
        Layers = [.. Enumerable.Range(0, layerCount).Select(_ => new List<int>())];
        for (var card = 0; card < cardCount; card++)
        {
            AddVertex(layering.LayerOf[card]);
        }

        Chains = [.. links.Select((link, index) => link.Source == link.Target ? [] : AddChain(link, index, layering))];
    }

    /// <summary>The vertices of each column, from top to bottom.</summary>
    public List<int>[] Layers { get; }

    /// <summary>Per link, its vertices from left to right: a card, bends, a card. Empty for a loop.</summary>
    public IReadOnlyList<int>[] Chains { get; }

    public int VertexCount => _left.Count;

    public bool IsCard(int vertex) => vertex < _cardCount;

    /// <summary>The link that bends here.</summary>
    public int LinkOfBend(int bend) => _linkOfBend[bend - _cardCount];

    /// <summary>Neighbours in the column to the left.</summary>
    public IReadOnlyList<int> LeftOf(int vertex) => _left[vertex];

    /// <summary>Neighbours in the column to the right.</summary>
    public IReadOnlyList<int> RightOf(int vertex) => _right[vertex];

    int AddVertex(int layer)
    {
        _left.Add([]);
        _right.Add([]);
        Layers[layer].Add(_left.Count - 1);
        return _left.Count - 1;
    }

    List<int> AddChain(Link link, int index, Layering layering)
    {
        var (from, to) = layering.TurnsBack(link) ? (link.Target, link.Source) : (link.Source, link.Target);
        var chain = new List<int> { from };
        for (var layer = layering.LayerOf[from] + 1; layer < layering.LayerOf[to]; layer++)
        {
            _linkOfBend.Add(index);
            chain.Add(AddVertex(layer));
        }

        chain.Add(to);
        foreach (var (left, right) in chain.Zip(chain.Skip(1)))
        {
            _right[left].Add(right);
            _left[right].Add(left);
        }

        return chain;
    }
}
