namespace Millrace.Sources.Arrivals;

/// <summary>How often is looked, and how long is waited.</summary>
public sealed record ArrivalOptions
{
    /// <summary>How often directories are looked through where nothing hints at a change.</summary>
    public TimeSpan ScanEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often buckets are listed, so that a lost notification loses nothing.</summary>
    public TimeSpan ListEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a bucket is listed as a whole where dates in its keys tell what is recent.</summary>
    public TimeSpan ListAllEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a file must have been left alone to count as finished, so that a last line without a line break is read too.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMinutes(10);
}
