namespace Millrace.Reports.Layout;

/// <summary>
/// Gives every node a column so that callers stand left of what they call. Where calls go in circles, some edges must turn back;
/// a greedy ranking picks those with little traffic.
/// </summary>
sealed class Layering
{
    readonly IReadOnlyList<Link> _links;
    readonly int[] _rank;

    Layering(int nodeCount, IReadOnlyList<Link> links, int? leftmost)
    {
        _links = links;
        _rank = RankOf(nodeCount, links);
        LayerOf = new int[nodeCount];
        var byRank = Enumerable.Range(0, nodeCount).OrderBy(node => _rank[node]).ToArray();
        PushRight(byRank);
        PullTowardsTargets(byRank, leftmost);
        SpreadUnconnected(nodeCount);
    }

    /// <summary>The column of each node, from 0.</summary>
    public int[] LayerOf { get; }

    /// <param name="nodeCount">Nodes are numbered from 0.</param>
    /// <param name="links">The edges; a loop has no say.</param>
    /// <param name="leftmost">A node that stays in the first column it can have, even far from what it calls.</param>
    public static Layering Of(int nodeCount, IReadOnlyList<Link> links, int? leftmost = null) => new(nodeCount, links, leftmost);

    /// <summary>Whether the link runs against the direction of the drawing.</summary>
    public bool TurnsBack(Link link) => _rank[link.Source] > _rank[link.Target];

    int Left(Link link) => TurnsBack(link) ? link.Target : link.Source;

    int Right(Link link) => TurnsBack(link) ? link.Source : link.Target;

    /// <summary>The heuristic of Eades, Lin and Smyth: sinks to the end, sources to the front, else whoever gives most and takes least.</summary>
    static int[] RankOf(int nodeCount, IReadOnlyList<Link> links)
    {
        var rank = new int[nodeCount];
        var (front, back) = (0, nodeCount - 1);
        var left = Enumerable.Range(0, nodeCount).ToList();
        var open = links.Where(link => link.Source != link.Target).ToList();
        while (left.Count > 0)
        {
            var given = new double[nodeCount];
            var taken = new double[nodeCount];
            foreach (var link in open)
            {
                given[link.Source] += link.Weight;
                taken[link.Target] += link.Weight;
            }

            var sinks = left.FindAll(node => given[node] == 0 && taken[node] > 0);
            var next = sinks.Count > 0 ? sinks[^1] : left.MaxBy(node => taken[node] == 0 ? double.MaxValue : given[node] - taken[node]);
            rank[next] = sinks.Count > 0 ? back-- : front++;
            left.Remove(next);
            open.RemoveAll(link => link.Source == next || link.Target == next);
        }

        return rank;
    }

    void PushRight(int[] byRank)
    {
        var outgoing = _links.Where(link => link.Source != link.Target).ToLookup(Left);
        foreach (var node in byRank)
        {
            foreach (var link in outgoing[node])
            {
                LayerOf[Right(link)] = Math.Max(LayerOf[Right(link)], LayerOf[node] + 1);
            }
        }
    }

    /// <summary>A node with more edges to its right than to its left shortens the drawing by moving right.</summary>
    void PullTowardsTargets(int[] byRank, int? leftmost)
    {
        var outgoing = _links.Where(link => link.Source != link.Target).ToLookup(Left);
        var incoming = _links.Where(link => link.Source != link.Target).ToLookup(Right);
        foreach (var node in byRank.Reverse().Where(node => node != leftmost))
        {
            if (outgoing[node].Count() > incoming[node].Count())
            {
                LayerOf[node] = outgoing[node].Min(link => LayerOf[Right(link)]) - 1;
            }
        }
    }

    /// <summary>Services that neither call nor are called would pile up in the first column; they fill the emptiest ones.</summary>
    void SpreadUnconnected(int nodeCount)
    {
        var connected = _links.Where(link => link.Source != link.Target).SelectMany(link => new[] { link.Source, link.Target }).ToHashSet();
        var population = new List<int>();
        foreach (var layer in connected.Select(node => LayerOf[node]))
        {
            population.AddRange(Enumerable.Repeat(0, Math.Max(0, layer + 1 - population.Count)));
            population[layer]++;
        }

        var columns = Math.Max(population.Count, (int)Math.Ceiling(Math.Sqrt((nodeCount - connected.Count) / 2.0)));
        population.AddRange(Enumerable.Repeat(0, columns - population.Count));
        foreach (var node in Enumerable.Range(0, nodeCount).Where(node => !connected.Contains(node)))
        {
            LayerOf[node] = population.IndexOf(population.Min());
            population[LayerOf[node]]++;
        }
    }
}
