namespace Millrace.Generation.Traffic;

/// <summary>An endpoint of the generated system as its table describes it.</summary>
/// <param name="Name"><c>service METHOD /path</c>; a path has at most one <c>{id}</c>, <c>{uuid}</c> or <c>{hex}</c>.</param>
/// <param name="MedianMillis">The median of its own latency.</param>
/// <param name="Spread">The spread of its own latency.</param>
/// <param name="Bytes">The typical size of an answer.</param>
/// <param name="Message">What it logs when all is well.</param>
sealed record EndpointPlan(string Name, double MedianMillis, double Spread, int Bytes, string Message)
{
    /// <summary>How often people call it, beside the others; 0 where only services do.</summary>
    public double People { get; init; }

    /// <summary>How often it fails, beside the others.</summary>
    public double Trouble { get; init; } = 1;

    public IReadOnlyList<DependencyPlan> Calls { get; init; } = [];
}

/// <summary>A call that an endpoint makes.</summary>
/// <param name="Name">The endpoint called.</param>
/// <param name="Share">The share of requests that make the call.</param>
/// <param name="Matters">True where a failure of the call can make the caller fail.</param>
sealed record DependencyPlan(string Name, double Share = 1, bool Matters = true);
