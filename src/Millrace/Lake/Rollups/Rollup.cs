using Millrace.Events;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Lake.Rollups;

/// <summary>
/// A rollup stands beside each data file and says how many of its events there were per minute, hour and day, service, caller, method, endpoint, status and bucket of duration. It is part of what
/// the data file's add action names, so that both come and go by the same commits. Minutes are left out where they would hardly be fewer rows than the events themselves.
/// </summary>
static class Rollup
{
    /// <summary>The folder of the rollups in the lake; a rollup has the path of its data file below it.</summary>
    public const string Folder = "rollups";

    /// <summary>The tag of a data file that has a rollup: <c>hours</c>, or <c>minutes</c> where those are in it too.</summary>
    public const string Tag = "millrace.rollup";

    const string Minutes = "minutes";
    const string Hours = "hours";
    const int LeastEventsPerMinuteRow = 4;
    static readonly EventColumn[] KeyColumns = [EventColumn.Service, EventColumn.Caller, EventColumn.Method, EventColumn.Endpoint, EventColumn.Status];
    static readonly string Keys = string.Join(", ", KeyColumns.Select(column => column.Name()));

    /// <summary>True where the rows of a rollup tell the values of a column apart.</summary>
    public static bool HasKey(EventColumn column) => KeyColumns.Contains(column);

    /// <summary>True where a file has a rollup.</summary>
    public static bool IsOf(LakeFile file) => file.Tags.ContainsKey(Tag);

    /// <summary>True where its rollup has minutes.</summary>
    public static bool HasMinutes(LakeFile file) => file.Tags.GetValueOrDefault(Tag) == Minutes;

    /// <summary>The path in the lake of the rollup of a data file.</summary>
    public static string PathOf(string file) => $"{Folder}/{file}";

    /// <summary>Writes the rollup of events.</summary>
    /// <param name="session">The session that knows the events.</param>
    /// <param name="events">A query of events, all with a timestamp. Their keys may be something that stands for what they are.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="path">The local file to write.</param>
    /// <param name="shown">The SQL of what a key is; itself where it is null.</param>
    /// <returns>What the tag says.</returns>
    public static string Write(QuerySession session, string events, long count, string path, Func<EventColumn, string>? shown = null)
    {
        var measures = string.Join(", ", EventMeasures.All.Skip(1).Select(measure => $"{measure.OfEvents} AS {measure.Name}"));
        Do(session, $"""
            CREATE OR REPLACE TEMP TABLE rolled AS
            SELECT DATE_TRUNC('{RollupGrain.Minute.Name}', "timestamp") AS "timestamp", {Keys}, {EventMeasures.All[0].OfEvents} AS {EventMeasures.All[0].Name}, {measures}
            FROM ({events}) GROUP BY ALL
            """);
        return Write(session, shown ?? Itself, count, path);
    }

    /// <summary>Writes one rollup in place of several.</summary>
    public static string Merge(QuerySession session, IEnumerable<string> rollups, bool haveMinutes, long count, string path)
    {
        var grain = haveMinutes ? RollupGrain.Minute : RollupGrain.Hour;
        Do(session, $"""
            CREATE OR REPLACE TEMP TABLE rolled AS
            SELECT "timestamp", {Keys}, {EventMeasures.All[0].Name}, {Sums()}
            FROM read_parquet([{string.Join(", ", rollups.Select(SqlText.Literal))}], hive_partitioning = false) WHERE grain = '{grain.Name}' GROUP BY ALL
            """);
        return haveMinutes ? Write(session, Itself, count, path) : Copy(session, Itself, path, withMinutes: false);
    }

    static string Write(QuerySession session, Func<EventColumn, string> shown, long count, string path)
    {
        using var rows = session.Execute("SELECT COUNT(*) FROM rolled");
        rows.Read();
        return Copy(session, shown, path, long.Parse(rows.Columns[0].Text(rows.Row)!, System.Globalization.CultureInfo.InvariantCulture) * LeastEventsPerMinuteRow <= count);
    }

    static string Copy(QuerySession session, Func<EventColumn, string> shown, string path, bool withMinutes)
    {
        string Grain(RollupGrain grain) =>
            $"SELECT '{grain.Name}' AS grain, DATE_TRUNC('{grain.Name}', \"timestamp\") AS \"timestamp\", {Keys}, {EventMeasures.All[0].Name}, {Sums()} FROM rolled GROUP BY ALL";
        var grains = string.Join(" UNION ALL ", (withMinutes ? new[] { RollupGrain.Day, RollupGrain.Hour, RollupGrain.Minute } : [RollupGrain.Day, RollupGrain.Hour]).Select(Grain));
        var texts = string.Join(", ", KeyColumns.Select(column => $"{shown(column)} AS {column.Name()}"));
        Do(session, $"COPY (SELECT * FROM (SELECT * REPLACE ({texts}) FROM ({grains})) ORDER BY grain, \"timestamp\", {Keys}) TO {SqlText.Literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)");
        Do(session, "DROP TABLE rolled");
        return withMinutes ? Minutes : Hours;
    }

    static string Itself(EventColumn column) => column.Name();

    static string Sums() => string.Join(", ", EventMeasures.All.Skip(1).Select(measure => $"CAST({measure.OfRollups} AS BIGINT) AS {measure.Name}"));

    static void Do(QuerySession session, string sql)
    {
        using var done = session.Execute(sql);
        done.Drain();
    }
}
