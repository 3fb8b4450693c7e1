using Millrace.Reports;

namespace Millrace.Tests.Reports;

static class Some
{
    public static readonly PageInfo Info = new(
        "Calls between services",
        new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero),
        "logs/*.gz",
        [new PageTotal("Rejects", "12")],
        [
            new PageTable(
                "Status codes",
                [new("Status", FigureKind.Text), new("Requests", FigureKind.Count), new("Share", FigureKind.Share), new("p95", FigureKind.Milliseconds)],
                [[200, 900L, 0.9, 12.5], [503, 100L, 0.1, null]]),
        ]);

    public static CallEdge Edge(string source, string target, long requests = 100) => new($"{source}>{target}", source, target, requests);

    public static CallEdge Edge(string source, string target, long requests, long errors, double milliseconds) => Edge(source, target, requests) with
    {
        Errors = errors,
        AvgDurationMs = milliseconds,
        P95DurationMs = milliseconds * 3,
        Bytes = requests * 2000,
    };

    /// <summary>A circle, a loop, a long edge, people, every level of errors, metrics: what a drawing must cope with.</summary>
    public static CallGraph Graph() => new(
        [
            Edge("external", "gateway", 120_000, 300, 41),
            Edge("gateway", "order-service", 64_000, 960, 62.5),
            Edge("gateway", "user-service", 51_000, 0, 8),
            Edge("order-service", "payment-service", 12_300, 1_107, 310),
            Edge("order-service", "user-service", 40_000, 12, 9),
            Edge("payment-service", "order-service", 450, 0, 20),
            Edge("user-service", "user-service", 900, 0, 1.5),
            Edge("gateway", "audit-service", 7, 0, 4),
            Edge("payment-service", "audit-service", 12_000, 0, 5),
        ],
        new Dictionary<string, IReadOnlyList<NodeMetric>>
        {
            ["order-service"] = [new("cpu", "percent", 12.4, 93.2, 41.77, 288)],
        });

    /// <summary>Services that mostly call forward, with some calls back and some to themselves.</summary>
    public static CallGraph Graph(int services, int edges, int seed)
    {
        var random = new Random(seed);
        var byPair = new Dictionary<(int, int), CallEdge>();
        while (byPair.Count < edges)
        {
            var source = random.Next(services);
            var target = random.Next(10) == 0 ? random.Next(services) : Math.Min(services - 1, source + random.Next(1, 8));
            byPair.TryAdd((source, target), Edge($"service-{source}", $"service-{target}", random.NextInt64(1, 1_000_000), random.Next(50), random.Next(1, 500)));
        }

        return new CallGraph(byPair.Values);
    }
}
