namespace Millrace.Reports;

/// <summary>A service in the call graph, with the figures of the calls that it received and made.</summary>
/// <param name="Name">The service's name, or <see cref="CallGraph.External"/>.</param>
/// <param name="RequestsIn">Calls received, those from itself included.</param>
/// <param name="RequestsOut">Calls made, those to itself included.</param>
/// <param name="Metrics">What the service measured about itself in the same range; often empty.</param>
public sealed record CallNode(string Name, long RequestsIn, long RequestsOut, IReadOnlyList<NodeMetric> Metrics)
{
    /// <summary>Calls received that failed; null where no caller's errors are known.</summary>
    public long? Errors { get; init; }

    /// <summary>Errors by those calls received whose outcome is known, 0 to 1.</summary>
    public double? ErrorShare { get; init; }

    /// <summary>Weighted by the calls of each caller.</summary>
    public double? AvgDurationMs { get; init; }

    /// <summary>
    /// The slowest caller's p95. With one caller this is the node's p95; with several it is an upper bound of it, see <see cref="P95IsBound"/>.
    /// </summary>
    public double? P95DurationMs { get; init; }

    /// <summary>Whether the p95 joins several callers.</summary>
    public bool P95IsBound { get; init; }

    /// <summary>Bytes sent in answers; null where no size is known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Whether this stands for people and other callers that are not services.</summary>
    public bool IsExternal => Name == CallGraph.External;

    internal static CallNode Of(string name, IReadOnlyCollection<CallEdge> received, long requestsOut, IReadOnlyList<NodeMetric> metrics)
    {
        var judged = received.Where(edge => edge.Errors is not null).ToList();
        var timed = received.Where(edge => edge.AvgDurationMs is not null && edge.TotalRequests > 0).ToList();
        var errors = judged.Count > 0 ? judged.Sum(edge => edge.Errors) : null;
        return new CallNode(name, received.Sum(edge => edge.TotalRequests), requestsOut, metrics)
        {
            Errors = errors,
            ErrorShare = Shares.Of(errors, judged.Sum(edge => edge.TotalRequests)),
            AvgDurationMs = timed.Count > 0
                ? timed.Sum(edge => edge.AvgDurationMs!.Value * edge.TotalRequests) / timed.Sum(edge => edge.TotalRequests)
                : null,
            P95DurationMs = received.Max(edge => edge.P95DurationMs),
            P95IsBound = received.Count(edge => edge.P95DurationMs is not null) > 1,
            Bytes = received.Any(edge => edge.Bytes is not null) ? received.Sum(edge => edge.Bytes) : null,
        };
    }
}
