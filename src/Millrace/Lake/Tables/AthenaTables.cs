namespace Millrace.Lake.Tables;

/// <summary>Athena, engine version 3. It reads the columns of a Delta table from the log, and takes no other property.</summary>
sealed class AthenaTables : EngineTables
{
    public override string Name => "athena";

    public override bool ReadsBucketsOnly => true;

    protected override string Events(string location) => $"""
        CREATE EXTERNAL TABLE events
        LOCATION {Literal(location)}
        TBLPROPERTIES ('table_type' = 'DELTA');
        """;

    protected override string Report(ReportFiles files)
    {
        var properties = files.Kind == ReportFileKind.Csv ? HiveTypes.Projection(files).Prepend(("skip.header.line.count", "1")) : HiveTypes.Projection(files);
        return $"""
            CREATE EXTERNAL TABLE {files.Table} (
            {string.Join(",\n", files.Columns.Select(column => $"  `{HiveTypes.Name(column)}` {HiveTypes.Of(column, files.Kind)}"))}
            )
            PARTITIONED BY (`{ReportFiles.Date}` string)
            {Reading(files.Kind)}
            LOCATION {Literal(files.Location)}
            TBLPROPERTIES (
            {string.Join(",\n", properties.Select(property => $"  {Literal(property.Item1)} = {Literal(property.Item2)}"))}
            );
            """;
    }

    static string Reading(ReportFileKind kind) => kind switch
    {
        ReportFileKind.Csv => "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'\nWITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '\"', 'escapeChar' = '\\\\')",
        ReportFileKind.Ndjson => "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
        _ => "STORED AS PARQUET",
    };

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
