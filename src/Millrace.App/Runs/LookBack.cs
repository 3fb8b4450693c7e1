using System.Globalization;
using Millrace.App.Reading;
using Millrace.App.Requests;

namespace Millrace.App.Runs;

/// <summary>For people who name no range: where nothing lies in the usual one, a report covers as much of the data as that, up to the last event.</summary>
static class LookBack
{
    /// <summary>True where a person asked, and the usual range holds nothing.</summary>
    public static bool IsWanted(ReportRequest request, ReadingPlan plan, Coverage coverage) =>
        request.LooksBack && !plan.NamesRange && !plan.ReadsInput && coverage.Events == 0;

    /// <summary>The plan that looks back.</summary>
    public static ReadingPlan From(ReadingPlan plan, DateTimeOffset last, ReportRequest request) => plan with { Since = last - request.Report.DefaultRange, Until = last };

    /// <summary>What to say of it.</summary>
    public static string Sentence(ReportRequest request)
    {
        var hours = request.Report.DefaultRange.TotalHours.ToString("0", CultureInfo.InvariantCulture);
        return $"Nothing happened in the latest {hours} hours, so this covers the last {hours} hours of the data.";
    }
}
