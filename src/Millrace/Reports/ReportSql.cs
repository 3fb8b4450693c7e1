using System.Globalization;

namespace Millrace.Reports;

/// <summary>
/// Completes the SQL of reports. What every report says the same way is written once here: what an error is, and quantiles from log buckets.
/// </summary>
/// <remarks>
/// A duration d falls into bucket ⌊ln d / ln γ⌋ with γ = 1.02 and is reported as the value in the middle of its bucket, which is off by at most 1%.
/// Counts per bucket can be added up in any order and across files and machines, so that the same events give the same quantiles. A quantile q is the
/// first bucket up to which a share q of all durations lies. The middle of the last bucket may lie above every duration in it, so the longest duration caps it.
/// </remarks>
static class ReportSql
{
    const double Gamma = EventMeasures.Gamma;
    const string Longest = "ROUND(CAST(MAX(duration_max) AS DOUBLE) / 1000, 3)";

    /// <summary>The SQL of a request over the view <c>events</c>.</summary>
    public static string Of(ReportRequest request)
    {
        var sql = Read(request.Report.Name + ".sql");
        foreach (var (placeholder, text) in Placeholders(request))
        {
            sql = sql.Replace(placeholder, text, StringComparison.Ordinal);
        }

        return sql;
    }

    static IEnumerable<(string Placeholder, string Text)> Placeholders(ReportRequest request)
    {
        var part = request.By is { } by
            ? request.Report.Parts.GetValueOrDefault(by)
                ?? throw new UserException($"'{request.Report.Name}' cannot be told by '{by}'. Expected {string.Join(", ", request.Report.Parts.Keys)}.", UserException.Usage)
            : "CAST(NULL AS VARCHAR)";
        yield return ("{source}", request.CountsExternal ? $"CASE WHEN caller IS NULL AND COALESCE(method, endpoint, CAST(status AS VARCHAR)) IS NOT NULL THEN '{CallGraph.External}' ELSE caller END" : "caller");
        yield return ("{by}", part);
        yield return ("{by_name}", request.By ?? ReportRunner.NoPart);
        foreach (var measure in EventMeasures.All.Concat(MetricMeasures.All))
        {
            yield return ($"{{{measure.Name}}}", request.Table.IsRolledUp ? measure.OfRollups : measure.OfEvents);
        }

        yield return ("{average_ms}", "ROUND(CAST(SUM(duration_sum) AS DOUBLE) / SUM(timed) / 1000, 3)");
        yield return ("{max_ms}", Longest);
        foreach (var percent in new[] { 50, 95, 99 })
        {
            yield return (Text($"{{p{percent}_ms}}"), Quantile(percent));
        }
    }

    static string Quantile(int percent)
    {
        var bucket = Text($"MIN(CASE WHEN timed > 0 AND timed_so_far * 100 >= timed_total * {percent} THEN bucket END)");
        var middle = 2 * Gamma / (1 + Gamma);
        return Text($"CASE WHEN {bucket} < 0 THEN 0 ELSE LEAST(ROUND(POWER({Gamma}, {bucket}) * {middle} / 1000, 3), {Longest}) END");
    }

    static string Read(string name)
    {
        using var stream = typeof(ReportSql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The report's SQL '{name}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
