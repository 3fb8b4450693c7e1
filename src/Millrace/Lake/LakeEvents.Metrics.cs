using Millrace.Events;
using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;
using Millrace.Queries;
using Millrace.Queries.Conditions;
using Millrace.Reports;

namespace Millrace.Lake;

public sealed partial class LakeEvents
{
    /// <summary>The windows of metrics as SQL, with the columns of the table of metrics.</summary>
    public async Task<string> WindowsAsync(CancellationToken cancellationToken)
    {
        MetricFile[] windows = [.. snapshot.Files.Values.SelectMany(MetricWindows.Of).OrderBy(file => file.Path, StringComparer.Ordinal)];
        return windows.Length == 0
            ? MetricWindows.None
            : $"SELECT * FROM {await ListAsync([.. windows.Select(file => (MetricWindows.PathOf(file), file.Bytes))], cancellationToken).ConfigureAwait(false)}";
    }

    /// <summary>
    /// Metrics: whole windows come from the table of metrics, and what is left at the ends of the range from events. Windows know the service; a condition on
    /// anything else is one on events.
    /// </summary>
    async Task<EventTable> MetricsAsync(IReadOnlyList<Condition> where, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        List<LakeFile> Measured(DateTimeOffset from, DateTimeOffset to) => [.. FilesIn(from, to).Where(MetricWindows.IsOf)];
        if (where.Any(condition => condition.Column != EventColumn.Service) && Measured(since, until) is { Count: > 0 } measured)
        {
            return new EventTable(
                MetricWindows.Fields(await SqlAsync(measured, since, until, cancellationToken).ConfigureAwait(false)),
                await SqlAsync(null, null, cancellationToken).ConfigureAwait(false));
        }

        var plan = RollupPlan.Of(since, until, RollupGrain.MetricWindow);
        var parts = new List<string>();
        foreach (var (_, from, to) in plan.Grains)
        {
            MetricFile[] windows = [.. Measured(from, to.AddTicks(-1)).SelectMany(MetricWindows.Of)];
            if (windows.Length > 0)
            {
                var paths = await FetchAsync([.. windows.Select(file => (MetricWindows.PathOf(file), file.Bytes))], cancellationToken).ConfigureAwait(false);
                var names = string.Join(", ", MetricMeasures.All.Select(measure => measure.Name));
                parts.Add($"SELECT \"componentName\" AS service, \"metricName\" AS {MetricWindows.Name}, unit, \"fromTimestamp\" AS \"timestamp\", {names} FROM ({MetricWindows.Read(paths.Select(SqlText.Literal))}) WHERE \"fromTimestamp\" >= {Literal(from)} AND \"fromTimestamp\" < {Literal(to)}");
            }
        }

        foreach (var (first, last) in plan.Rest)
        {
            if (Measured(first, last) is { Count: > 0 } files)
            {
                var measures = string.Join(", ", MetricMeasures.All.Select(measure => $"{measure.OfEvents} AS {measure.Name}"));
                var events = MetricWindows.Fields(await SqlAsync(files, first, last, cancellationToken).ConfigureAwait(false));
                parts.Add($"SELECT service, {MetricWindows.Name}, unit, {MetricMeasures.WindowOf("\"timestamp\"")} AS \"timestamp\", {measures} FROM ({events}) WHERE {MetricWindows.Name} IS NOT NULL GROUP BY 1, 2, 3, 4");
            }
        }

        return parts.Count == 0
            ? await InAsync(since, until, cancellationToken).ConfigureAwait(false)
            : new EventTable(string.Join(" UNION ALL BY NAME ", parts), await SqlAsync(null, null, cancellationToken).ConfigureAwait(false)) { IsRolledUp = true, CountSql = $"COALESCE(CAST(SUM({MetricMeasures.Count}) AS BIGINT), 0)" };
    }
}
