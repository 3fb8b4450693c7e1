using Millrace.Events;
using Millrace.Sources;

namespace Millrace.Lake.Tables;

/// <summary>ClickHouse, which reads the log of a Delta table each time that it is asked.</summary>
sealed class ClickHouseTables : EngineTables
{
    public override string Name => "clickhouse";

    protected override string Events(string location) => $"CREATE TABLE IF NOT EXISTS events ENGINE = {(ObjectAddress.IsAddress(location) ? "DeltaLake" : "DeltaLakeLocal")}({Literal(Url(location))});";

    protected override string Report(ReportFiles files)
    {
        var structure = string.Join(", ", files.Columns.Select(column => $"`{column.Name}` Nullable({Type(column.Type)})"));
        var function = ObjectAddress.IsAddress(files.Location) ? "s3" : "file";
        return $"""
            CREATE OR REPLACE VIEW {files.Table} AS
            SELECT {string.Join(", ", files.Columns.Select(column => $"`{column.Name}`"))}, toDate(extract(CAST(_path, 'String'), '/{ReportFiles.Date}=([0-9-]+)/')) AS `{ReportFiles.Date}`
            FROM {function}({Literal($"{Url(files.Location)}{ReportFiles.Date}=*/*.{files.Extension}")}, '{Format(files.Kind)}', {Literal(structure)}){(files.Kind == ReportFileKind.Parquet ? "" : "\nSETTINGS date_time_input_format = 'best_effort'")};
            """;
    }

    static string Url(string location) => ObjectAddress.IsAddress(location) && ObjectAddress.Parse(location) is var address ? $"https://{address.Bucket}.s3.amazonaws.com/{address.Key}" : location;

    static string Format(ReportFileKind kind) => kind switch
    {
        ReportFileKind.Csv => "CSVWithNames",
        ReportFileKind.Ndjson => "JSONEachRow",
        _ => "Parquet",
    };

    static string Type(ColumnType type) => type switch
    {
        ColumnType.Integer => "Int64",
        ColumnType.Real => "Float64",
        ColumnType.Timestamp => "DateTime64(6, 'UTC')",
        _ => "String",
    };

    static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
