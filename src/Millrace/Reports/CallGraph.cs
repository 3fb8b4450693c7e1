namespace Millrace.Reports;

/// <summary>Which service called which: the edges of a traffic report and the services at their ends, in a fixed order.</summary>
public sealed class CallGraph
{
    /// <summary>The name of the one node that stands for people and other callers that are not services.</summary>
    public const string External = "external";

    static readonly IReadOnlyList<NodeMetric> NoMetrics = [];

    /// <summary>Nodes follow from the edges; a service that has metrics but no calls becomes a node as well.</summary>
    /// <param name="edges">At most one per pair of source and target.</param>
    /// <param name="metrics">What each service measured about itself, by the service's name.</param>
    public CallGraph(IEnumerable<CallEdge> edges, IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? metrics = null)
    {
        Edges =
        [
            .. edges.OrderByDescending(edge => edge.TotalRequests)
                .ThenBy(edge => edge.Source, StringComparer.Ordinal)
                .ThenBy(edge => edge.Target, StringComparer.Ordinal),
        ];
        var received = Edges.ToLookup(edge => edge.Target);
        var made = Edges.ToLookup(edge => edge.Source);
        Nodes =
        [
            .. Edges.SelectMany(edge => new[] { edge.Source, edge.Target })
                .Concat(metrics?.Keys ?? [])
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => CallNode.Of(name, [.. received[name]], made[name].Sum(edge => edge.TotalRequests), metrics?.GetValueOrDefault(name) ?? NoMetrics)),
        ];
    }

    /// <summary>Most requests first.</summary>
    public IReadOnlyList<CallEdge> Edges { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<CallNode> Nodes { get; }
}
