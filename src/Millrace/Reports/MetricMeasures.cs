namespace Millrace.Reports;

/// <summary>What the report of metrics takes together: the same measure over measurements, and over windows of which each stands for several.</summary>
static class MetricMeasures
{
    /// <summary>Decimals keep sums exact, whatever the order of the rows. A value that is out of their reach counts, and is in no average.</summary>
    const string Exact = "TRY_CAST(value AS DECIMAL(33, 15))";

    /// <summary>The column that counts measurements.</summary>
    public const string Count = "measurements";

    /// <summary>The measures. Those of windows are what <see cref="EventMeasures.Measure.OfEvents"/> gave, in a column of the measure's name.</summary>
    public static IReadOnlyList<EventMeasures.Measure> All { get; } =
    [
        new("lowest", "MIN(COALESCE(value, min_value))", "MIN(lowest)"),
        new("highest", "MAX(COALESCE(value, max_value))", "MAX(highest)"),
        new(Count, "COUNT(*)", $"CAST(SUM({Count}) AS BIGINT)"),
        new("value_sum", $"SUM({Exact})", "SUM(value_sum)"),
        new("value_count", $"COUNT({Exact})", "CAST(SUM(value_count) AS BIGINT)"),
    ];

    /// <summary>The start of the five minutes that a time lies in.</summary>
    public static string WindowOf(string time) => $"DATE_TRUNC('hour', {time}) + INTERVAL '5' MINUTE * CAST(FLOOR(EXTRACT(MINUTE FROM {time}) / 5) AS INTEGER)";
}
