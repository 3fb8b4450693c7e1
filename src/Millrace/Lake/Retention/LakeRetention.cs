using System.Globalization;
using Millrace.Events;
using Millrace.Lake.Delta;
using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;
using Millrace.Queries;

namespace Millrace.Lake.Retention;

/// <summary>
/// Applies rules to a lake: old events go, lose columns or move. Files go out by commits, so that readers of the version before keep theirs until a vacuum, and commits that come in between are kept. What no rule
/// names is not touched; events without a timestamp have no age, and stay.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="rules">The rules.</param>
/// <param name="now">What age is counted to.</param>
public sealed class LakeRetention(LakeTable lake, IReadOnlyList<RetentionRule> rules, DateTimeOffset now)
{
    /// <summary>What the rules would do to the newest version.</summary>
    public async Task<IReadOnlyList<RetentionEffect>> PlanAsync(QueryOptions options) => await EffectsAsync(await StepsAsync(options.CancellationToken).ConfigureAwait(false), options).ConfigureAwait(false);

    /// <summary>Applies the rules. Returns what they did.</summary>
    public async Task<IReadOnlyList<RetentionEffect>> ApplyAsync(QueryOptions options)
    {
        var stop = options.CancellationToken;
        var steps = await StepsAsync(stop).ConfigureAwait(false);
        var effects = await EffectsAsync(steps, options).ConfigureAwait(false);
        LakeFile[] gone = [.. steps.Where(step => step.Deletion is not null).Select(step => step.File)];
        if (gone.Length > 0)
        {
            await DeleteAsync(gone, stop).ConfigureAwait(false);
        }

        foreach (var step in steps.Where(step => step.Rewriting.Count > 0))
        {
            await RewriteAsync(step, options).ConfigureAwait(false);
        }

        // A file that was written anew is another one: it moves when the rules are applied next.
        foreach (var step in steps.Where(step => step.Move is not null && step.Rewriting.Count == 0))
        {
            await lake.Storage.MoveAsync(LakeTable.PathOf(step.File.Path), step.Move!.MoveTo!, stop).ConfigureAwait(false);
        }

        await lake.Metrics.FollowAsync(await lake.ReadAsync(stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        return effects;
    }

    async Task<IReadOnlyList<RetentionStep>> StepsAsync(CancellationToken stop)
    {
        var steps = RetentionStep.Of(await lake.ReadAsync(stop).ConfigureAwait(false), rules, now);
        return [.. steps.Where(step => step.Deletion is not null || step.Rewriting.Count > 0 || !lake.Storage.IsMoved(LakeTable.PathOf(step.File.Path)))];
    }

    async Task<IReadOnlyList<RetentionEffect>> EffectsAsync(IReadOnlyList<RetentionStep> steps, QueryOptions options)
    {
        var effects = new List<RetentionEffect>();
        using var session = new QuerySession(options);
        foreach (var rule in rules)
        {
            var (files, events, bytes) = (0, 0L, 0L);
            foreach (var step in steps.Where(step => step.Deletion == rule || step.Move == rule || step.Rewriting.Contains(rule)))
            {
                var (eventsOfFile, bytesOfFile) = step.Deletion == rule || step.Move == rule ? (step.File.Events, step.File.Bytes) : await EffectAsync(session, step.File, rule, options.CancellationToken).ConfigureAwait(false);
                (files, events, bytes) = (files + (eventsOfFile > 0 ? 1 : 0), events + eventsOfFile, bytes + bytesOfFile);
            }

            effects.Add(new RetentionEffect(rule, files, events, bytes));
        }

        return effects;
    }

    /// <summary>What a rule does to a file that stays: the size of columns is what the file's own metadata says.</summary>
    async Task<(long Events, long Bytes)> EffectAsync(QuerySession session, LakeFile file, RetentionRule rule, CancellationToken stop)
    {
        var path = SqlText.Literal(await lake.Storage.FetchAsync(LakeTable.PathOf(file.Path), file.Bytes, stop).ConfigureAwait(false));
        var named = rule.Deletes ? "true" : string.Join(" OR ", rule.DropColumns.Select(column => $"{SqlText.Name(column)} IS NOT NULL"));
        var events = Number(session, $"SELECT COUNT(*) FROM read_parquet({path}, hive_partitioning = false) WHERE {rule.Condition()} AND ({named})");
        var size = rule.Deletes ? file.Bytes
            : Number(session, $"SELECT CAST(COALESCE(SUM(total_compressed_size), 0) AS BIGINT) FROM parquet_metadata({path}) WHERE path_in_schema IN ({string.Join(", ", rule.DropColumns.Select(SqlText.Literal))})");
        return (events, file.Events == 0 ? 0 : (long)((decimal)size * events / file.Events));
    }

    Task DeleteAsync(LakeFile[] files, CancellationToken stop) => lake.Log.CommitAsync(
        basis =>
        {
            LakeFile[] there = [.. files.Where(file => basis?.Files.ContainsKey(file.Path) is true)];
            return there.Length == 0 ? null : [.. there.Select(file => new DeltaAction.Remove(file, lake.Log.Now, ChangesData: true)), Info()];
        },
        stop);

    async Task RewriteAsync(RetentionStep step, QueryOptions options)
    {
        var stop = options.CancellationToken;
        var written = await WriteAsync(step, options).ConfigureAwait(false);
        var isIn = false;
        await lake.Log.CommitAsync(
            basis =>
            {
                isIn = basis?.Files.ContainsKey(step.File.Path) is true;
                IEnumerable<DeltaAction> added = written is null ? [] : [new DeltaAction.Add(written, ChangesData: true)];
                return isIn ? [new DeltaAction.Remove(step.File, lake.Log.Now, ChangesData: true), .. added, Info()] : null;
            },
            stop).ConfigureAwait(false);
        if (!isIn && written is not null)
        {
            // Its windows of metrics are those of the file that it was to take the place of.
            await LakeTable.DeleteAsync(lake.Storage, written.Path, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left of a file; null where nothing is.</summary>
    async Task<LakeFile?> WriteAsync(RetentionStep step, QueryOptions options)
    {
        var stop = options.CancellationToken;
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var path = $"{step.File.Path[..step.File.Path.LastIndexOf('/')]}/part-{id}.parquet";
        Directory.CreateDirectory(lake.Storage.StagingFolder);
        var local = Path.Join(lake.Storage.StagingFolder, $"{id}.parquet");
        try
        {
            var source = SqlText.Literal(await lake.Storage.FetchAsync(LakeTable.PathOf(step.File.Path), step.File.Bytes, stop).ConfigureAwait(false));
            var kept = $"SELECT {string.Join(", ", Enum.GetValues<EventColumn>().Select(column => ValueOf(column, step.Rewriting)))} FROM read_parquet({source}, hive_partitioning = false) WHERE {Kept(step.Rewriting)}";
            using var session = new QuerySession(options);
            using (var copied = session.Execute($"COPY ({kept} ORDER BY service, endpoint, \"timestamp\") TO {SqlText.Literal(local)} (FORMAT parquet, COMPRESSION zstd)"))
            {
                copied.Drain();
            }

            var written = Describe(session, step.File with { Path = path, Bytes = new FileInfo(local).Length, Modified = lake.Log.Now }, local);
            if (written.Events == 0)
            {
                return null;
            }

            await lake.Storage.AddAsync(LakeTable.PathOf(path), local, stop).ConfigureAwait(false);
            var tags = new Dictionary<string, string>(MetricWindows.Tagged(step.Tags, [.. MetricWindows.Of(step.File).Where(windows => !step.Rewriting.Any(rule => rule.Deletes && rule.IsFor(windows.Component)))]))
            {
                [Rollup.Tag] = Rollup.Write(session, $"SELECT * FROM read_parquet({SqlText.Literal(await lake.Storage.FetchAsync(LakeTable.PathOf(path), written.Bytes, stop).ConfigureAwait(false))}, hive_partitioning = false)", written.Events, local),
            };
            await lake.Storage.AddAsync(Rollup.PathOf(path), local, stop).ConfigureAwait(false);
            return written with { Tags = tags };
        }
        finally
        {
            File.Delete(local);
        }
    }

    static LakeFile Describe(QuerySession session, LakeFile file, string local)
    {
        using var rows = session.Execute($"""SELECT COUNT(*), epoch_us(MIN("timestamp")), epoch_us(MAX("timestamp")), MIN(service), MAX(service) FROM read_parquet({SqlText.Literal(local)}, hive_partitioning = false)""");
        rows.Read();
        string? Text(int column) => rows.Columns[column].Text(rows.Row);
        DateTimeOffset? Time(int column) => Text(column) is { } micros ? InstantText.FromMicros(long.Parse(micros, CultureInfo.InvariantCulture)) : null;
        return file with { Events = long.Parse(Text(0)!, CultureInfo.InvariantCulture), First = Time(1), Last = Time(2), Services = Text(3) is { } least ? (least, Text(4)!) : null };
    }

    static string ValueOf(EventColumn column, IReadOnlyList<RetentionRule> rules)
    {
        var name = SqlText.Name(column.Name());
        string[] conditions = [.. rules.Where(rule => rule.DropColumns.Contains(column.Name())).Select(rule => rule.Condition())];
        return conditions.Length == 0 ? name : $"CASE WHEN {string.Join(" OR ", conditions)} THEN NULL ELSE {name} END AS {name}";
    }

    static string Kept(IReadOnlyList<RetentionRule> rules)
    {
        string[] deleted = [.. rules.Where(rule => rule.Deletes).Select(rule => rule.Condition())];
        return deleted.Length == 0 ? "true" : $"NOT ({string.Join(" OR ", deleted)})";
    }

    DeltaAction.Info Info() => new("DELETE", lake.Log.Now, new Dictionary<string, string> { ["rules"] = rules.Count.ToString(CultureInfo.InvariantCulture) });

    static long Number(QuerySession session, string sql)
    {
        using var rows = session.Execute(sql);
        rows.Read();
        return long.Parse(rows.Columns[0].Text(rows.Row)!, CultureInfo.InvariantCulture);
    }
}
