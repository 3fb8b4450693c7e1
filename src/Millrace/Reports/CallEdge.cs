namespace Millrace.Reports;

/// <summary>All calls that one service made to another in the range of a report.</summary>
/// <param name="Id">Unique per pair of source and target.</param>
/// <param name="Source">The caller.</param>
/// <param name="Target">The service that was called; equal to the source where a service calls itself.</param>
/// <param name="TotalRequests">How many calls.</param>
public sealed record CallEdge(string Id, string Source, string Target, long TotalRequests)
{
    /// <summary>Calls that failed; null where the format has no status.</summary>
    public long? Errors { get; init; }

    /// <summary>Null where the format has no duration.</summary>
    public double? AvgDurationMs { get; init; }

    /// <summary>Null where the format has no duration.</summary>
    public double? P95DurationMs { get; init; }

    /// <summary>Bytes sent back to the caller; null where the format has no sizes.</summary>
    public long? Bytes { get; init; }

    /// <summary>Errors by requests, 0 to 1; null where errors are not known.</summary>
    public double? ErrorShare => Shares.Of(Errors, TotalRequests);

    internal bool IsLoop => Source == Target;
}
