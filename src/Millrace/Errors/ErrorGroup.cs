namespace Millrace.Errors;

/// <summary>Errors of one kind in a period, held against the time before.</summary>
/// <param name="Id">What the group is called from report to report.</param>
/// <param name="State">How it compares.</param>
/// <param name="Type">The exception's type; null where there is none.</param>
/// <param name="Frames">The frames nearest to where it was thrown.</param>
/// <param name="Template">What its messages say, with <c>&lt;*&gt;</c> for what varies.</param>
/// <param name="Count">How many there were in the period.</param>
public sealed record ErrorGroup(string Id, ErrorState State, string? Type, IReadOnlyList<string> Frames, string Template, long Count)
{
    /// <summary>A part of a long text finds as much; a command line that nobody can read helps nobody.</summary>
    const int LongestSearch = 200;

    /// <summary>The name that rules give the group.</summary>
    public string? Name { get; init; }

    /// <summary>What rules say of it.</summary>
    public string? Note { get; init; }

    /// <summary>Its share of all errors in the period.</summary>
    public double Share { get; init; }

    /// <summary>How many the times before let expect; null where there is no history.</summary>
    public double? Expected { get; init; }

    /// <summary>For <see cref="ErrorState.Back"/>: days since it was seen before the period.</summary>
    public int DaysAway { get; init; }

    /// <summary>True where that is as far back as was looked, and the group was last seen before.</summary>
    public bool WasAwayLonger { get; init; }

    /// <summary>The first error of the group: in the history or the period, or the first that a store was ever given.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The last one.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Errors of each hour of the period, the first hour first.</summary>
    public IReadOnlyList<long> Trend { get; init; } = [];

    /// <summary>Services with the number of their errors, the most first; likewise the others.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Services { get; init; } = [];

    /// <summary>Endpoints.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Endpoints { get; init; } = [];

    /// <summary>Hosts.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Hosts { get; init; } = [];

    /// <summary>Callers.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Callers { get; init; } = [];

    /// <summary>The first error of the period, whole up to a length; null where there is none.</summary>
    public ErrorSample? Sample { get; init; }

    /// <summary>What to call it in a line: its name, or type and template.</summary>
    public string Title => Name ?? (Type is null || Template.Contains(Type, StringComparison.Ordinal) ? Template : $"{Type}: {Template}");

    /// <summary>The longest run of plain words in the template, without anything that a terminal would not show or a command line would take for an option: what finds more of the kind.</summary>
    public string SearchText => Template.Split("<*>").SelectMany(part => new string([.. part.Select(c => ErrorText.IsHidden(c) ? '\0' : c)]).Split('\0'))
        .Select(part => part.TrimStart('-', ' ').TrimEnd()).Append("").MaxBy(part => part.Length) is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestSearch)] : Type ?? "";
}

/// <summary>One error as it stands in the log.</summary>
public sealed record ErrorSample(string Text, string File, long Line, DateTimeOffset Time);
