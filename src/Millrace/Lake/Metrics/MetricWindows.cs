using System.Globalization;
using System.Text.Json;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Lake.Metrics;

/// <summary>
/// Metrics that are among the events of a data file stand beside it as windows: single measurements as windows of five minutes, windows as they were reported. Which files these are is part of what the data file's
/// add action says, so that both come and go by the same commits.
/// </summary>
static class MetricWindows
{
    /// <summary>The folder of the table of metrics in the lake.</summary>
    public const string Folder = "metrics";

    /// <summary>The field by which a format's events are told to be metrics.</summary>
    public const string Name = "metric_name";

    const string Tag = "millrace.metrics";
    const string To = "to_timestamp";
    const string Columns = "unit, \"fromTimestamp\", \"toTimestamp\"";

    /// <summary>No window, with the columns that windows have.</summary>
    public static string None => $"SELECT {string.Join(", ", Schema.Select(column => $"CAST(NULL AS {column.Type}) AS {SqlText.Name(column.Name)}"))} WHERE false";

    /// <summary>The columns of windows, with their types in SQL.</summary>
    public static IReadOnlyList<(string Name, string Type)> Schema { get; } =
    [
        ("componentName", "VARCHAR"),
        ("metricName", "VARCHAR"),
        ("unit", "VARCHAR"),
        ("fromTimestamp", "TIMESTAMP"),
        ("toTimestamp", "TIMESTAMP"),
        ("minValue", "DOUBLE"),
        ("maxValue", "DOUBLE"),
        ("count", "BIGINT"),
        ("valueSum", "DECIMAL(38,15)"),
        ("valueCount", "BIGINT"),
    ];

    /// <summary>True where a data file has metrics.</summary>
    public static bool IsOf(LakeFile file) => file.Tags.ContainsKey(Tag);

    /// <summary>The windows of a data file.</summary>
    public static IReadOnlyList<MetricFile> Of(LakeFile file) => file.Tags.TryGetValue(Tag, out var tag) ? JsonSerializer.Deserialize(tag, MetricFilesContext.Default.MetricFileArray)! : [];

    /// <summary>The path in the lake.</summary>
    public static string PathOf(MetricFile file) => $"{Folder}/{file.Path}";

    /// <summary>Tags with these windows; without, where there are none.</summary>
    public static Dictionary<string, string> Tagged(IReadOnlyDictionary<string, string> tags, IReadOnlyList<MetricFile> windows)
    {
        var tagged = tags.Where(tag => tag.Key != Tag).ToDictionary();
        if (windows.Count > 0)
        {
            tagged[Tag] = JsonSerializer.Serialize([.. windows], MetricFilesContext.Default.MetricFileArray);
        }

        return tagged;
    }

    /// <summary>Events with the fields of metrics, which the lake keeps as attributes, as columns.</summary>
    public static string Fields(string events) =>
        $"SELECT *, {string.Join(", ", ReportTable.Metrics.OwnColumns.Append(new(To, "TIMESTAMP")).Select(column => $"TRY_CAST(json_extract_string(attributes, {SqlText.Literal("$." + column.Key)}) AS {column.Value}) AS {SqlText.Name(column.Key)}"))} FROM ({events})";

    /// <summary>Writes the windows of events, a file for each metric of each component.</summary>
    /// <param name="session">The session that knows the events.</param>
    /// <param name="events">A query of events, all with a timestamp.</param>
    /// <param name="storage">The lake.</param>
    /// <param name="placed">Takes each path in the lake that is about to be written.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static Task<IReadOnlyList<MetricFile>> WriteAsync(QuerySession session, string events, ILakeStorage storage, ICollection<string> placed, CancellationToken cancellationToken)
    {
        var window = MetricMeasures.WindowOf("\"timestamp\"");
        Make(session, $"""
            SELECT service AS "componentName", {Name} AS "metricName", unit,
              CASE WHEN value IS NULL THEN "timestamp" ELSE {window} END AS "fromTimestamp",
              CASE WHEN value IS NULL AND {To} IS NOT NULL THEN {To} ELSE {window} + INTERVAL '5' MINUTE END AS "toTimestamp",
              {Measures(measure => measure.OfEvents)}
            FROM ({Fields(events)}) WHERE {Name} IS NOT NULL GROUP BY ALL
            """);
        return CopyAsync(session, storage, placed, cancellationToken);
    }

    /// <summary>Writes the windows of several data files as those of one.</summary>
    public static async Task<IReadOnlyList<MetricFile>> MergeAsync(QuerySession session, IReadOnlyList<MetricFile> files, ILakeStorage storage, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var paths = new List<string>();
        foreach (var file in files)
        {
            paths.Add(SqlText.Literal(await storage.FetchAsync(PathOf(file), file.Bytes, cancellationToken).ConfigureAwait(false)));
        }

        Make(session, $"SELECT \"componentName\", \"metricName\", {Columns}, {Measures(measure => measure.OfRollups)} FROM ({Read(paths)}) GROUP BY ALL");
        return await CopyAsync(session, storage, [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The windows of files with the measures' own names.</summary>
    /// <param name="paths">The local files, as literals of SQL.</param>
    public static string Read(IEnumerable<string> paths) =>
        $"SELECT * RENAME (\"minValue\" AS lowest, \"maxValue\" AS highest, \"count\" AS measurements, \"valueSum\" AS value_sum, \"valueCount\" AS value_count) FROM read_parquet([{string.Join(", ", paths)}], hive_partitioning = false)";

    static string Measures(Func<EventMeasures.Measure, string> sql) => string.Join(", ", MetricMeasures.All.Select(measure => $"{sql(measure)} AS {measure.Name}"));

    static void Make(QuerySession session, string sql)
    {
        using var made = session.Execute($"CREATE OR REPLACE TEMP TABLE windows AS {sql}");
        made.Drain();
    }

    static async Task<IReadOnlyList<MetricFile>> CopyAsync(QuerySession session, ILakeStorage storage, ICollection<string> placed, CancellationToken cancellationToken)
    {
        var written = new List<MetricFile>();
        foreach (var (metric, component, count) in Parts(session))
        {
            var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
            var local = Path.Join(storage.StagingFolder, $"{id}.parquet");
            try
            {
                var of = component is null ? "\"componentName\" IS NULL" : $"\"componentName\" = {SqlText.Literal(component)}";
                using (var copied = session.Execute($"""
                    COPY (
                      SELECT "componentName", "metricName", {Columns}, lowest AS "minValue", highest AS "maxValue", measurements AS "count", value_sum AS "valueSum", value_count AS "valueCount"
                      FROM windows WHERE "metricName" = {SqlText.Literal(metric)} AND {of} ORDER BY "fromTimestamp", "toTimestamp", unit
                    ) TO {SqlText.Literal(local)} (FORMAT parquet, COMPRESSION zstd)
                    """))
                {
                    copied.Drain();
                }

                var file = new MetricFile($"metricName={HiveFolder.NameOf(metric)}/componentName={HiveFolder.NameOf(component)}/part-{id}.parquet", metric, component, new FileInfo(local).Length, count);
                placed.Add(PathOf(file));
                await storage.AddAsync(PathOf(file), local, cancellationToken).ConfigureAwait(false);
                written.Add(file);
            }
            finally
            {
                File.Delete(local);
            }
        }

        return written;
    }

    static List<(string Metric, string? Component, long Windows)> Parts(QuerySession session)
    {
        using var rows = session.Execute("SELECT \"metricName\", \"componentName\", COUNT(*) FROM windows GROUP BY ALL ORDER BY ALL");
        var parts = new List<(string, string?, long)>();
        while (rows.Read())
        {
            parts.Add((rows.Columns[0].Text(rows.Row)!, rows.Columns[1].Text(rows.Row), long.Parse(rows.Columns[2].Text(rows.Row)!, CultureInfo.InvariantCulture)));
        }

        return parts;
    }
}
