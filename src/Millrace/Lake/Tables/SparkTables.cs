using Millrace.Events;

namespace Millrace.Lake.Tables;

/// <summary>Spark SQL 3.4 and later, with Delta Lake for the events.</summary>
sealed class SparkTables : EngineTables
{
    public override string Name => "spark";

    protected override string Events(string location) => $"CREATE TABLE IF NOT EXISTS events USING DELTA LOCATION {Literal(location)};";

    protected override string Report(ReportFiles files) => $"""
        CREATE TABLE IF NOT EXISTS {files.Table} (
        {string.Join(",\n", files.Columns.Select(column => $"  `{column.Name}` {Type(column.Type, files.Kind)}"))},
          `{ReportFiles.Date}` DATE
        )
        USING {Format(files.Kind)}
        PARTITIONED BY (`{ReportFiles.Date}`)
        LOCATION {Literal(files.Location)};
        MSCK REPAIR TABLE {files.Table};
        """;

    static string Format(ReportFileKind kind) => kind switch
    {
        ReportFileKind.Csv => "CSV OPTIONS (header 'true', escape '\"')",
        ReportFileKind.Ndjson => "JSON",
        _ => "PARQUET",
    };

    // Parquet's times name no zone; those of text end in Z.
    static string Type(ColumnType type, ReportFileKind kind) => type switch
    {
        ColumnType.Integer => "BIGINT",
        ColumnType.Real => "DOUBLE",
        ColumnType.Timestamp => kind == ReportFileKind.Parquet ? "TIMESTAMP_NTZ" : "TIMESTAMP",
        _ => "STRING",
    };

    static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
