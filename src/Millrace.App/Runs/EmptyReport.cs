using System.Globalization;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Events;
using Millrace.Reports;

namespace Millrace.App.Runs;

/// <summary>Why a report has no rows.</summary>
/// <param name="request">The report.</param>
/// <param name="plan">How it read.</param>
/// <param name="coverage">What it looked at.</param>
/// <param name="countThatMeet">Counts the events in the range that met its conditions.</param>
sealed class EmptyReport(ReportRequest request, ReadingPlan plan, Coverage coverage, Func<long> countThatMeet)
{
    /// <summary>The sentence, with what to do about it where that is known.</summary>
    public string Reason(SourceSpan span)
    {
        if (span.Events == 0)
        {
            return "The report is empty: there is no event in the source.";
        }

        if (coverage.Events == 0)
        {
            return span is { First: { } first, Last: { } last }
                ? $"The report is empty: no event lies {Range()}. The data spans {Format(first)} to {Format(last)}; ask for it with --since {Format(first)} --until {Format(last)}."
                : "The report is empty: the events have no timestamps, so none is in any range.";
        }

        if (request.Where.Count > 0 && countThatMeet() is var meeting)
        {
            var conditions = string.Join(" and ", request.Where);
            return meeting == 0
                ? string.Create(CultureInfo.InvariantCulture, $"The report is empty: none of the {coverage.Events:N0} event(s) in the range meets {conditions}.")
                : string.Create(CultureInfo.InvariantCulture, $"The report is empty: none of the {meeting:N0} event(s) that meet {conditions} has what it counts.");
        }

        return (request.Report == ReportTable.Traffic, span) switch
        {
            (true, { WithService: 0 }) => "The report is empty: no event names its service. Say where it stands with --service, such as --service 'file:{service}-{date}.log', path:1, host or field:NAME.",
            (true, { WithCaller: 0 }) => "The report is empty: no event names the service that called. Say where it stands with --caller, such as --caller user, agent or field:NAME, or count people with --external.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The report is empty: none of the {coverage.Events:N0} event(s) in the range has what it counts."),
        };
    }

    string Range() => plan.Since is { } since ? $"between {Format(since)} and {Format(plan.Until)}" : $"before {Format(plan.Until)}";

    static string Format(DateTimeOffset? time) => time is { } known ? InstantText.Format(known) : "now";
}
