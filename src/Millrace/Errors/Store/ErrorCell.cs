namespace Millrace.Errors.Store;

/// <summary>The errors of one kind in one hour of one source.</summary>
/// <param name="Kind">The kind's id.</param>
/// <param name="Hour">The hour, counted from 1970 (UTC).</param>
/// <param name="Count">How many there are.</param>
/// <param name="First">When the first happened, in microseconds since 1970.</param>
/// <param name="Last">When the last did.</param>
public sealed record ErrorCell(string Kind, long Hour, long Count, long First, long Last)
{
    /// <summary>Services with the number of their errors; likewise the others. A hundred of each at most, and names no longer than 150 characters.</summary>
    public IReadOnlyDictionary<string, long> Services { get; init; } = new Dictionary<string, long>();

    /// <summary>Endpoints.</summary>
    public IReadOnlyDictionary<string, long> Endpoints { get; init; } = new Dictionary<string, long>();

    /// <summary>Hosts.</summary>
    public IReadOnlyDictionary<string, long> Hosts { get; init; } = new Dictionary<string, long>();

    /// <summary>Callers.</summary>
    public IReadOnlyDictionary<string, long> Callers { get; init; } = new Dictionary<string, long>();

    /// <summary>The first error, whole up to 4,000 characters.</summary>
    public required ErrorSample Sample { get; init; }
}
