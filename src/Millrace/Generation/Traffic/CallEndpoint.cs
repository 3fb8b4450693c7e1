using Millrace.Generation.Randomness;

namespace Millrace.Generation.Traffic;

/// <summary>What stands for the id in a path.</summary>
enum IdKind
{
    None,
    Number,
    Uuid,
    Hex,
}

/// <summary>A call that an endpoint makes with some probability.</summary>
readonly record struct CallDependency(CallEndpoint Endpoint, double Share, bool Matters);

/// <summary>An endpoint of the generated system.</summary>
sealed class CallEndpoint
{
    public CallEndpoint(int index, EndpointPlan plan, IReadOnlyList<string> services, IReadOnlyList<EndpointLatency> latencies)
    {
        var words = plan.Name.Split(' ');
        (Index, Name, Method, Path) = (index, plan.Name, words[1], words[2]);
        Service = services.ToList().IndexOf(words[0]);
        Masked = plan.Name.Replace("{uuid}", "{id}", StringComparison.Ordinal).Replace("{hex}", "{id}", StringComparison.Ordinal);
        (People, Trouble, Bytes, Message) = (plan.People, plan.Trouble, plan.Bytes, plan.Message);
        var given = latencies.LastOrDefault(latency => $"{latency.Service} {latency.Method} {latency.Path}" == Masked);
        Latency = given is null
            ? new LogNormal(TimeSpan.FromMilliseconds(plan.MedianMillis), plan.Spread)
            : new LogNormal(given.Median, given.Spread);
        var marks = Path.Split('{', '}');
        (PathStart, PathEnd) = (marks[0], marks.Length > 1 ? marks[2] : "");
        Id = marks.Length == 1 ? IdKind.None : marks[1] switch { "uuid" => IdKind.Uuid, "hex" => IdKind.Hex, _ => IdKind.Number };
    }

    public int Index { get; }

    /// <summary><c>service METHOD /path</c>.</summary>
    public string Name { get; }

    /// <summary>The name with every kind of id as <c>{id}</c>.</summary>
    public string Masked { get; }

    public int Service { get; }

    public string Method { get; }

    public string Path { get; }

    public string PathStart { get; }

    public IdKind Id { get; }

    public string PathEnd { get; }

    public double People { get; }

    public double Trouble { get; }

    public LogNormal Latency { get; }

    public int Bytes { get; }

    public string Message { get; }

    public List<CallDependency> Dependencies { get; } = [];
}
