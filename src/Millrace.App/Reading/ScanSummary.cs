using System.Globalization;
using Millrace.Parsing;
using Millrace.Queries.Scanning;

namespace Millrace.App.Reading;

/// <summary>What is told on stderr after a scan: rejects by reason, damaged files, events without a time.</summary>
static class ScanSummary
{
    const int MostReasons = 8;

    /// <summary>Says that a scan has ended, and all that there is to say of it.</summary>
    public static void Say(ScanTotals totals, FormatTable formats, RunListener listener)
    {
        listener.Scanned();
        foreach (var sentence in Of(totals, formats))
        {
            listener.Say(sentence);
        }
    }

    /// <summary>The sentences; none where all is well.</summary>
    public static IEnumerable<string> Of(ScanTotals totals, FormatTable formats)
    {
        foreach (var (file, problem) in totals.Problems.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return $"'{file}' could not be read to its end: {problem}. What came before is in the result.";
        }

        if (totals.Undated > 0)
        {
            yield return Text($"{totals.Undated:N0} event(s) without a timestamp are outside every range and were left out.");
        }

        var reasons = totals.RejectReasons;
        if (reasons.Count == 0)
        {
            yield break;
        }

        yield return Text($"{totals.Rejects:N0} of {totals.Events + totals.Rejects:N0} lines did not parse:");
        foreach (var reason in reasons.Take(MostReasons))
        {
            yield return Line(reason, formats);
        }

        if (reasons.Count > MostReasons)
        {
            var more = reasons.Count - MostReasons;
            yield return Text($"  and {more} more reason{(more == 1 ? "" : "s")}. --rejects FILE writes them all.");
        }
    }

    static string Line(RejectReason reason, FormatTable formats)
    {
        var files = reason.Files == 1 ? "" : Text($", in {reason.Files:N0} files");
        var at = reason.First.Line is { } line ? Text($"line {line}") : Text($"byte {reason.First.Offset}");
        var likeness = FormatDetector.OfLine(reason.Sample, reason.Format, formats) is { } format ? $"; that line looks like {format.Name}" : "";
        return Text($"  {reason.Count:N0} × {reason.Reason}{files} (first: {reason.First.File}, {at}){likeness}");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
