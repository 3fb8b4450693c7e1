namespace Millrace.Lake.Rollups;

/// <summary>A range as the times that rollups know, and what is left at its ends.</summary>
/// <param name="Grains">Whole times by grain: from a start (included) to an end (excluded).</param>
/// <param name="Rest">What of the range lies in no whole time, both ends included.</param>
sealed record RollupPlan(IReadOnlyList<(RollupGrain Grain, DateTimeOffset From, DateTimeOffset To)> Grains, IReadOnlyList<(DateTimeOffset Since, DateTimeOffset Until)> Rest)
{
    static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    /// <summary>Takes a range (both ends included) apart, with the coarsest grain in its middle.</summary>
    /// <param name="since">The range's first instant.</param>
    /// <param name="until">Its last.</param>
    /// <param name="coarsest">The grains that may be used, the coarsest first.</param>
    public static RollupPlan Of(DateTimeOffset since, DateTimeOffset until, params ReadOnlySpan<RollupGrain> coarsest)
    {
        var grains = new List<(RollupGrain, DateTimeOffset, DateTimeOffset)>();
        var end = until + Microsecond;
        DateTimeOffset? from = null;
        var to = default(DateTimeOffset);
        foreach (var grain in coarsest)
        {
            var (first, last) = (grain.Ceiling(since), grain.Floor(end));
            if (from is { } inner)
            {
                Add(grains, grain, first, inner);
                Add(grains, grain, to, last);
                (from, to) = (first, last);
            }
            else if (first < last)
            {
                Add(grains, grain, first, last);
                (from, to) = (first, last);
            }
        }

        return from is { } start
            ? new(grains, [.. new[] { (since, start - Microsecond), (to, until) }.Where(rest => rest.Item1 <= rest.Item2)])
            : new([], [(since, until)]);
    }

    static void Add(List<(RollupGrain, DateTimeOffset, DateTimeOffset)> grains, RollupGrain grain, DateTimeOffset from, DateTimeOffset to)
    {
        if (from < to)
        {
            grains.Add((grain, from, to));
        }
    }
}
