using System.Globalization;

namespace Millrace.Reports;

/// <summary>
/// What reports add up: the same measure as an expression over events, and over rows of which each stands for several events (a rollup), so that a report
/// says the same of both.
/// </summary>
static class EventMeasures
{
    /// <summary>The base of the buckets of durations: d lies in bucket ⌊ln d / ln γ⌋. A duration of zero lies in bucket −1.</summary>
    internal const double Gamma = 1.02;

    /// <summary>The measures. Those of rollups are what <see cref="Measure.OfEvents"/> gave, in a column of the measure's name.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("duration_bucket", Bucket(), "duration_bucket"),
        new("requests", "COUNT(*)", "SUM(requests)"),
        new("judged", "COUNT(COALESCE(CAST(status AS VARCHAR), level))", "SUM(judged)"),
        new("errors", "SUM(CASE WHEN status >= 500 OR level IN ('ERROR', 'FATAL') THEN 1 ELSE 0 END)", "SUM(errors)"),
        new("timed", "COUNT(duration_us)", "SUM(timed)"),
        new("duration_sum", "SUM(duration_us)", "SUM(duration_sum)"),
        new("duration_max", "MAX(duration_us)", "MAX(duration_max)"),
        new("bytes", "SUM(bytes)", "SUM(bytes)"),
    ];

    static string Bucket() => string.Create(
        CultureInfo.InvariantCulture, $"CASE WHEN duration_us > 0 THEN CAST(FLOOR(LN(duration_us) / {Math.Log(Gamma)}) AS INTEGER) WHEN duration_us IS NOT NULL THEN -1 END");

    /// <summary>A measure.</summary>
    /// <param name="Name">Its column in a rollup, and its placeholder in the SQL of reports.</param>
    /// <param name="OfEvents">The SQL over events.</param>
    /// <param name="OfRollups">The SQL over rollups.</param>
    public sealed record Measure(string Name, string OfEvents, string OfRollups);
}
