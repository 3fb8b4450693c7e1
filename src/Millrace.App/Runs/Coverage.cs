using System.Globalization;
using Millrace.Events;
using Millrace.Queries.Conditions;

namespace Millrace.App.Runs;

/// <summary>What a run looked at: from when to when, and how many of the events there were.</summary>
/// <param name="Since">The first instant; null for no bound.</param>
/// <param name="Until">The last; null likewise.</param>
/// <param name="Events">How many events lie in between.</param>
/// <param name="Total">How many there are in what was read.</param>
public sealed record Coverage(DateTimeOffset? Since, DateTimeOffset? Until, long Events, long Total)
{
    /// <summary>How many files were not read, since the dates in their names lie outside.</summary>
    public int PrunedFiles { get; init; }

    /// <summary>Conditions that the events had to meet besides.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>True where nobody named the range, so that it helps to be told how to name one.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The sentence for people: <c>2026-11-29T20:48Z to 2026-11-30T20:48Z: 11,400 of 358,000 events; --since all takes all</c>.</summary>
    public string Sentence()
    {
        var pruned = PrunedFiles == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {PrunedFiles:N0} {(PrunedFiles == 1 ? "file" : "files")} with other dates in the name not read");
        var hint = IsDefault && (Events < Total || PrunedFiles > 0) ? "; --since all takes all" : "";
        var conditions = Where.Count == 0 ? "" : $", of which those count that meet {string.Join(" and ", Where)}";
        var counts = Events == Total
            ? string.Create(CultureInfo.InvariantCulture, $"{(Total == 1 ? "" : "all ")}{Total:N0} {Noun}")
            : string.Create(CultureInfo.InvariantCulture, $"{Events:N0} of {Total:N0} {Noun}");
        return $"{Range()}: {counts}{conditions}{pruned}{hint}";
    }

    string Noun => Total == 1 ? "event" : "events";

    /// <summary>The range, to the minute unless somebody named seconds.</summary>
    internal string Range()
    {
        if (Since is not { } since || Until is not { } until)
        {
            return Since is null && Until is null ? "all time" : Since is { } first ? $"from {InstantText.Format(first)}" : $"up to {InstantText.Format(Until!.Value)}";
        }

        return IsDefault || (IsWholeMinute(since) && IsWholeMinute(until)) ? $"{Minutes(since)} to {Minutes(until)}" : $"{InstantText.Format(since)} to {InstantText.Format(until)}";
    }

    static bool IsWholeMinute(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMinute == 0;

    static string Minutes(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
