using System.Globalization;
using Millrace.Queries.Scanning;

namespace Millrace.App.Reading;

/// <summary>What is told on stderr after a scan: rejects by file and reason, damaged files, events without a time.</summary>
static class ScanSummary
{
    const int MostReasons = 8;

    /// <summary>The sentences; none where all is well.</summary>
    public static IEnumerable<string> Of(ScanTotals totals)
    {
        foreach (var (file, problem) in totals.Problems.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return $"'{file}' could not be read to its end: {problem}. What came before is in the result.";
        }

        if (totals.Undated > 0)
        {
            yield return Text($"{totals.Undated:N0} event(s) without a timestamp are outside every range and were left out.");
        }

        var counts = totals.RejectCounts;
        if (counts.Count == 0)
        {
            yield break;
        }

        yield return Text($"{totals.Rejects:N0} of {totals.Events + totals.Rejects:N0} lines did not parse:");
        foreach (var count in counts.Take(MostReasons))
        {
            var at = count.First.Line is { } line ? Text($"line {line}") : Text($"byte {count.First.Offset}");
            yield return Text($"  {count.Count:N0} × {count.Reason} (first: {count.File}, {at})");
        }

        if (counts.Count > MostReasons)
        {
            yield return Text($"  and {counts.Count - MostReasons} more reasons. --rejects FILE writes them all.");
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
