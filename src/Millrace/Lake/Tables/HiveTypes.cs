using Millrace.Events;
using Millrace.Queries.Results;

namespace Millrace.Lake.Tables;

/// <summary>Columns as Hive's catalog has them, which Athena and Glue share: names in lower case, and only the types that the reader of the files makes of them.</summary>
static class HiveTypes
{
    /// <summary>The first day for which Athena looks for files of a report.</summary>
    public const string FirstDay = "2020-01-01";

    public static string Name(TableColumn column) => column.Name.ToLowerInvariant();

    public static string Of(TableColumn column, ReportFileKind kind) => (kind, column.Type) switch
    {
        // The reader of CSV cannot make a number of nothing.
        (ReportFileKind.Csv, _) => "string",
        // Times in JSON have a T and a Z, as from_iso8601_timestamp reads them.
        (ReportFileKind.Ndjson, ColumnType.Timestamp) => "string",
        _ => Of(column.Type),
    };

    public static string Of(ColumnType type) => type switch
    {
        ColumnType.Integer => "bigint",
        ColumnType.Real => "double",
        ColumnType.Timestamp => "timestamp",
        _ => "string",
    };

    /// <summary>What tells Athena which folders there are, so that nobody must add them: a folder a day.</summary>
    public static IEnumerable<(string Key, string Value)> Projection(ReportFiles files) =>
    [
        ("projection.enabled", "true"),
        ($"projection.{ReportFiles.Date}.type", "date"),
        ($"projection.{ReportFiles.Date}.range", $"{FirstDay},NOW"),
        ($"projection.{ReportFiles.Date}.format", "yyyy-MM-dd"),
        ("storage.location.template", $"{files.Location}{ReportFiles.Date}=${{{ReportFiles.Date}}}/"),
    ];
}
