namespace Millrace.Errors;

/// <summary>What is counted of the errors of one kind.</summary>
sealed class ErrorTally
{
    const int MostNames = 100;
    const int LongestSample = 4000;

    /// <summary>Errors by hour since 1970 (UTC).</summary>
    public SortedDictionary<long, long> Hours { get; } = [];

    public Dictionary<string, long> Services { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Endpoints { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Hosts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Callers { get; } = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    public long InPeriod { get; private set; }

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    public (string Text, string File, long Line, long Micros)? Sample { get; private set; }

    public void Add(in ErrorEvent error, bool isInPeriod)
    {
        Count++;
        Hours[error.Hour] = Hours.GetValueOrDefault(error.Hour) + 1;
        First = Math.Min(First, error.Micros);
        Last = Math.Max(Last, error.Micros);
        if (!isInPeriod)
        {
            return;
        }

        InPeriod++;
        Add(Services, error.Service);
        Add(Endpoints, error.Endpoint);
        Add(Hosts, error.Host);
        Add(Callers, error.Caller);
        if (Sample is not { } kept || (error.Micros, error.File, error.Line).CompareTo((kept.Micros, kept.File, kept.Line)) < 0)
        {
            Sample = (error.Text[..Math.Min(error.Text.Length, LongestSample)], error.File, error.Line, error.Micros);
        }
    }

    public void Add(ErrorTally other)
    {
        Count += other.Count;
        InPeriod += other.InPeriod;
        First = Math.Min(First, other.First);
        Last = Math.Max(Last, other.Last);
        foreach (var (hour, count) in other.Hours)
        {
            Hours[hour] = Hours.GetValueOrDefault(hour) + count;
        }

        foreach (var (own, others) in new[] { (Services, other.Services), (Endpoints, other.Endpoints), (Hosts, other.Hosts), (Callers, other.Callers) })
        {
            foreach (var (name, count) in others)
            {
                Add(own, name, count);
            }
        }

        if (other.Sample is { } sample && (Sample is not { } kept || (sample.Micros, sample.File, sample.Line).CompareTo((kept.Micros, kept.File, kept.Line)) < 0))
        {
            Sample = sample;
        }
    }

    static void Add(Dictionary<string, long> names, string? name, long count = 1)
    {
        if (name is not null && (names.ContainsKey(name) || names.Count < MostNames))
        {
            names[name] = names.GetValueOrDefault(name) + count;
        }
    }
}
