namespace Millrace.Reports.Layout;

/// <summary>
/// Where edges touch a card: spread over its side in the order of where they lead, so that they do not cross on the last stretch.
/// </summary>
sealed class EdgePorts
{
    const double Between = 4;

    readonly Dictionary<(int Card, bool Right), List<int>> _ends = [];
    readonly IReadOnlyList<double> _thickness;

    public EdgePorts(LayeredGraph graph, IReadOnlyList<double> thickness)
    {
        _thickness = thickness;
        for (var link = 0; link < graph.Chains.Length; link++)
        {
            if (graph.Chains[link] is { Count: > 0 } chain)
            {
                EndsAt(chain[0], right: true).Add(link);
                EndsAt(chain[^1], right: false).Add(link);
            }
        }
    }

    /// <summary>The room that the busier side of a card needs.</summary>
    public double RoomAt(int card) => Math.Max(RoomAt(card, right: true), RoomAt(card, right: false));

    /// <summary>The distance of each link's end from the middle of the card's side.</summary>
    /// <param name="card">The card.</param>
    /// <param name="right">Which side.</param>
    /// <param name="height">The length of the side that may be used.</param>
    /// <param name="destination">The height where a link leads next.</param>
    public IEnumerable<(int Link, double Offset)> Spread(int card, bool right, double height, Func<int, double> destination)
    {
        var squeeze = Math.Min(1, height / Math.Max(1, RoomAt(card, right)));
        var next = -RoomAt(card, right) * squeeze / 2;
        foreach (var link in EndsAt(card, right).OrderBy(destination))
        {
            var room = (_thickness[link] + Between) * squeeze;
            yield return (link, next + (room / 2));
            next += room;
        }
    }

    double RoomAt(int card, bool right) => EndsAt(card, right).Sum(link => _thickness[link] + Between);

    List<int> EndsAt(int card, bool right)
    {
        if (!_ends.TryGetValue((card, right), out var ends))
        {
            _ends[(card, right)] = ends = [];
        }

        return ends;
    }
}
