using Millrace.Queries.Conditions;

namespace Millrace.Search;

/// <summary>What is searched for. All of it must be met.</summary>
public sealed record SearchQuery
{
    /// <summary>Texts that an event has.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Texts that it does not have.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>True where the terms are regular expressions.</summary>
    public bool IsRegex { get; init; }

    /// <summary>True where the case of letters does not matter.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Conditions on columns.</summary>
    public IReadOnlyList<Condition> Filters { get; init; } = [];

    /// <summary>How many lines before and after a hit are given with it.</summary>
    public int Context { get; init; }

    /// <summary>After how many hits the search ends; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>False where nobody asks when a hit was: its event is then read only where the range or conditions ask for it.</summary>
    public bool WantsTimes { get; init; } = true;

    /// <summary>True to only count.</summary>
    public bool OnlyCounts { get; init; }
}
