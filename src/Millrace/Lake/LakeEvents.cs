using System.Globalization;
using Millrace.Lake.Rollups;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Lake;

/// <summary>The committed events of a lake as SQL: what <c>events</c> stands for where a lake takes the place of raw logs.</summary>
/// <param name="lake">The lake.</param>
/// <param name="snapshot">The version that is read.</param>
public sealed partial class LakeEvents(LakeTable lake, LakeSnapshot snapshot)
{
    const int CopiesAtOnce = 16;

    /// <summary>The events of a range, both ends included. Files that cannot hold any are not looked at.</summary>
    public async Task<EventTable> InAsync(DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken) => new(
        await SqlAsync(since, until, cancellationToken).ConfigureAwait(false),
        await SqlAsync(null, null, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// The same for a report, rolled up where the report adds up what rollups have: then whole days and hours come from rollups, and only what is left at the ends of the range from events.
    /// The report says the same either way. Its conditions decide whether rollups can answer it; whoever runs it applies them.
    /// </summary>
    /// <param name="request">The report, and how it is asked.</param>
    /// <param name="since">The first instant of the range; null for no bound.</param>
    /// <param name="until">The last; null likewise.</param>
    /// <param name="cancellationToken">Ends a wait for a network.</param>
    public async Task<EventTable> OfAsync(ReportCall request, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        // What has no timestamp is in no range, and so in no rollup.
        return (since is null && HasUndated) || Bounds(since, until) is not var (first, last)
            ? await InAsync(since, until, cancellationToken).ConfigureAwait(false)
            : await OfAsync(request, first, last, cancellationToken).ConfigureAwait(false);
    }

    async Task<EventTable> OfAsync(ReportCall request, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (request.Report == ReportTable.Metrics)
        {
            return await MetricsAsync(request.Where, since, until, cancellationToken).ConfigureAwait(false);
        }

        var files = FilesIn(since, until);
        if (!request.Report.AddsUp || !request.Where.All(condition => Rollup.HasKey(condition.Column)) || !files.TrueForAll(Rollup.IsOf))
        {
            return await InAsync(since, until, cancellationToken).ConfigureAwait(false);
        }

        var grains = new[] { RollupGrain.Day, RollupGrain.Hour, RollupGrain.Minute }
            .Skip(request.By == "hour" ? 1 : 0)
            .Where(grain => grain != RollupGrain.Minute || files.TrueForAll(Rollup.HasMinutes))
            .ToArray();
        var plan = RollupPlan.Of(since, until, grains);
        var parts = new List<string>();
        foreach (var (grain, from, to) in plan.Grains)
        {
            var rolled = FilesIn(from, to.AddTicks(-1));
            if (rolled.Count > 0)
            {
                var list = await ListAsync([.. rolled.Select(file => (Rollup.PathOf(file.Path), 0L))], cancellationToken).ConfigureAwait(false);
                parts.Add($"SELECT * EXCLUDE (grain) FROM {list} WHERE grain = '{grain.Name}' AND \"timestamp\" >= {Literal(from)} AND \"timestamp\" < {Literal(to)}");
            }
        }

        foreach (var (first, last) in plan.Rest.Where(rest => FilesIn(rest.Since, rest.Until).Count > 0))
        {
            var measures = string.Join(", ", EventMeasures.All.Skip(1).Select(measure => $"CAST({measure.OfEvents} AS BIGINT) AS {measure.Name}"));
            var events = await SqlAsync(first, last, cancellationToken).ConfigureAwait(false);
            parts.Add($"SELECT DATE_TRUNC('hour', \"timestamp\") AS \"timestamp\", service, caller, method, endpoint, status, {EventMeasures.All[0].OfEvents} AS {EventMeasures.All[0].Name}, {measures} FROM ({events}) GROUP BY ALL");
        }

        return parts.Count == 0
            ? await InAsync(since, until, cancellationToken).ConfigureAwait(false)
            : new EventTable(string.Join(" UNION ALL BY NAME ", parts), await SqlAsync(null, null, cancellationToken).ConfigureAwait(false)) { IsRolledUp = true, CountSql = "COALESCE(CAST(SUM(requests) AS BIGINT), 0)" };
    }

    List<LakeFile> FilesIn(DateTimeOffset? since, DateTimeOffset? until) =>
        [.. snapshot.Files.Values.Where(file => file.MayHold(since, until)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    Task<string> SqlAsync(DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken) => SqlAsync(FilesIn(since, until), since, until, cancellationToken);

    async Task<string> SqlAsync(List<LakeFile> files, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return LakeSchema.NoEvents();
        }

        string?[] bounds = [since is { } from ? $"\"timestamp\" >= {Literal(from)}" : null, until is { } to ? $"\"timestamp\" <= {Literal(to)}" : null];
        var where = string.Join(" AND ", bounds.OfType<string>());
        var list = await ListAsync([.. files.Select(file => (LakeTable.PathOf(file.Path), file.Bytes))], cancellationToken).ConfigureAwait(false);
        return $"SELECT *, CAST(\"timestamp\" AS DATE) AS {LakeSchema.Day} FROM {list}{(where.Length > 0 ? $" WHERE {where}" : "")}";
    }

    /// <summary>Files as a table, from where they can be read.</summary>
    async Task<string> ListAsync(IReadOnlyList<(string Path, long Bytes)> files, CancellationToken cancellationToken) =>
        $"read_parquet([{string.Join(", ", (await FetchAsync(files, cancellationToken).ConfigureAwait(false)).Select(SqlText.Literal))}], hive_partitioning = false)";

    async Task<string[]> FetchAsync(IReadOnlyList<(string Path, long Bytes)> files, CancellationToken cancellationToken)
    {
        var paths = new string[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce, CancellationToken = cancellationToken },
            async (index, stop) => paths[index] = await lake.Storage.FetchAsync(files[index].Path, files[index].Bytes, stop).ConfigureAwait(false)).ConfigureAwait(false);
        return paths;
    }

    static string Literal(DateTimeOffset time) => $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
