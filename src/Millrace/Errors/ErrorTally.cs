using Millrace.Errors.Store;

namespace Millrace.Errors;

/// <summary>What is counted of the errors of one kind.</summary>
sealed class ErrorTally
{
    const int MostNames = 100;
    const int LongestName = 150;
    const int LongestSample = 4000;

    /// <summary>Errors by hour.</summary>
    public SortedDictionary<long, long> Hours { get; } = [];

    public Dictionary<string, long> Services { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Endpoints { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Hosts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Callers { get; } = new(StringComparer.Ordinal);

    public long InPeriod { get; private set; }

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    public ErrorSample? Sample { get; private set; }

    /// <summary>Counts an error. Of those outside of the period there is only the number and the time.</summary>
    public void Add(in ErrorEvent error, long hour, bool isInPeriod)
    {
        Count(hour, 1, error.Micros, error.Micros);
        if (!isInPeriod)
        {
            return;
        }

        InPeriod++;
        Add(Services, error.Service);
        Add(Endpoints, error.Endpoint);
        Add(Hosts, error.Host);
        Add(Callers, error.Caller);
        if (Sample is null || IsBefore((error.Micros, error.File, error.Line), Sample))
        {
            Sample = new ErrorSample(Cut(error.Text, LongestSample), error.File, error.Line, ErrorTime.Time(error.Micros));
        }
    }

    /// <summary>Counts the errors of an hour.</summary>
    public void Add(ErrorCell cell, bool isInPeriod)
    {
        Count(cell.Hour, cell.Count, cell.First, cell.Last);
        if (isInPeriod)
        {
            InPeriod += cell.Count;
            Add(Services, cell.Services);
            Add(Endpoints, cell.Endpoints);
            Add(Hosts, cell.Hosts);
            Add(Callers, cell.Callers);
            Add(cell.Sample);
        }
    }

    /// <summary>Counts what another has counted.</summary>
    public void Add(ErrorTally other)
    {
        InPeriod += other.InPeriod;
        foreach (var (hour, count) in other.Hours)
        {
            Count(hour, count, other.First, other.Last);
        }

        Add(Services, other.Services);
        Add(Endpoints, other.Endpoints);
        Add(Hosts, other.Hosts);
        Add(Callers, other.Callers);
        Add(other.Sample);
    }

    /// <summary>Notes when the first error was, where that is known to have been before all that are counted.</summary>
    public void AddFirst(DateTimeOffset? first) => First = first is { } time ? Math.Min(First, ErrorTime.Micros(time)) : First;

    /// <summary>What was counted, of one kind in one hour.</summary>
    public ErrorCell ToCell(string kind, long hour) =>
        new(kind, hour, InPeriod, First, Last) { Services = Services, Endpoints = Endpoints, Hosts = Hosts, Callers = Callers, Sample = Sample! };

    void Count(long hour, long count, long first, long last)
    {
        Hours[hour] = Hours.GetValueOrDefault(hour) + count;
        First = Math.Min(First, first);
        Last = Math.Max(Last, last);
    }

    void Add(ErrorSample? sample)
    {
        if (sample is not null && (Sample is null || IsBefore((ErrorTime.Micros(sample.Time), sample.File, sample.Line), Sample)))
        {
            Sample = sample;
        }
    }

    static bool IsBefore((long Micros, string File, long Line) one, ErrorSample other)
    {
        var order = one.Micros.CompareTo(ErrorTime.Micros(other.Time));
        order = order != 0 ? order : string.CompareOrdinal(one.File, other.File);
        return order < 0 || (order == 0 && one.Line < other.Line);
    }

    static void Add(Dictionary<string, long> names, IReadOnlyDictionary<string, long> others)
    {
        foreach (var (name, count) in others)
        {
            Add(names, name, count);
        }
    }

    static void Add(Dictionary<string, long> names, string? name, long count = 1)
    {
        name = name is null ? null : Cut(name, LongestName);
        if (name is not null && (names.ContainsKey(name) || names.Count < MostNames))
        {
            names[name] = names.GetValueOrDefault(name) + count;
        }
    }

    /// <summary>The beginning of a text, which does not end in half a character.</summary>
    static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
