using Millrace.Events;
using Millrace.Queries;

namespace Millrace.Lake.Tables;

/// <summary>
/// DuckDB. The view of events reads the log itself, so that it needs no extension for Delta: of every file the last action counts, and only an add makes it part of the table.
/// </summary>
sealed class DuckDbTables : EngineTables
{
    public override string Name => "duckdb";

    protected override string Events(string location)
    {
        var log = SqlText.Literal($"{location}_delta_log/*.json");
        var folder = SqlText.Literal(location);
        return $$"""
            -- With the extension delta, which leaves out files by what the log says of them: SELECT * FROM delta_scan({{SqlText.Literal(location.TrimEnd('/'))}})
            CREATE OR REPLACE VIEW events AS
            WITH actions AS (
              SELECT COALESCE("add".path, remove.path) AS path, "add" IS NOT NULL AS is_in, filename AS version
              FROM read_json({{log}}, format = 'newline_delimited', filename = true, columns = {"add": 'STRUCT(path VARCHAR)', remove: 'STRUCT(path VARCHAR)'})
            ), committed AS (
              SELECT {{folder}} || url_decode(path) AS path FROM actions WHERE path IS NOT NULL GROUP BY actions.path HAVING ARG_MAX(is_in, version)
            )
            SELECT events.* EXCLUDE (filename), CAST("timestamp" AS DATE) AS {{LakeSchema.Day}}
            FROM read_parquet({{SqlText.Literal($"{location}**/part-*.parquet")}}, filename = true, hive_partitioning = false) AS events
            WHERE filename IN (SELECT path FROM committed);
            """;
    }

    protected override string Report(ReportFiles files)
    {
        var glob = SqlText.Literal($"{files.Location}{ReportFiles.Date}=*/*.{files.Extension}");
        var parts = $"hive_partitioning = true, hive_types = {{{ReportFiles.Date}: DATE}}";
        var columns = $"columns = {{{string.Join(", ", files.Columns.Select(column => $"{SqlText.Name(column.Name)}: '{Type(column.Type)}'"))}}}";
        return files.Kind switch
        {
            ReportFileKind.Csv => View(files, $"read_csv({glob}, header = true, {columns}, {parts})"),
            ReportFileKind.Ndjson => View(files, $"read_json({glob}, format = 'newline_delimited', {columns}, {parts})"),
            _ => View(files, $"read_parquet({glob}, {parts})"),
        };
    }

    static string View(ReportFiles files, string reading) => $"CREATE OR REPLACE VIEW {files.Table} AS SELECT * FROM {reading};";

    static string Type(ColumnType type) => type switch
    {
        ColumnType.Integer => "BIGINT",
        ColumnType.Real => "DOUBLE",
        ColumnType.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    };
}
