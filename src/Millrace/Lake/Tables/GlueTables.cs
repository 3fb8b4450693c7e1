using System.Text;
using System.Text.Json;
using Millrace.Events;

namespace Millrace.Lake.Tables;

/// <summary>Glue's catalog, as commands for a shell: Glue has no statements, and its tables are documents.</summary>
sealed class GlueTables : EngineTables
{
    const string Text = "org.apache.hadoop.mapred.TextInputFormat";
    const string TextOut = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    static readonly JsonWriterOptions Lenient = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Name => "glue";

    public override bool ReadsBucketsOnly => true;

    protected override string Events(string location) => Command(json =>
    {
        json.WriteString("Name", "events");
        json.WriteString("TableType", "EXTERNAL_TABLE");
        WriteMap(json, "Parameters", [("table_type", "DELTA"), ("classification", "delta"), ("spark.sql.sources.provider", "delta")]);
        json.WriteStartArray("PartitionKeys");
        json.WriteEndArray();
        json.WriteStartObject("StorageDescriptor");
        WriteColumns(json, "Columns", Enum.GetValues<EventColumn>().Select(column => (column.Name(), HiveTypes.Of(column.Type()))).Append((LakeSchema.Day, "date")));
        json.WriteString("Location", location);
        json.WriteStartObject("SerdeInfo");
        json.WriteString("SerializationLibrary", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        WriteMap(json, "Parameters", [("path", location), ("serialization.format", "1")]);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    protected override string Report(ReportFiles files) => Command(json =>
    {
        var (library, input, output, settings) = Reading(files.Kind);
        json.WriteString("Name", files.Table);
        json.WriteString("TableType", "EXTERNAL_TABLE");
        WriteMap(json, "Parameters", [("EXTERNAL", "TRUE"), .. files.Kind == ReportFileKind.Csv ? [("skip.header.line.count", "1")] : Array.Empty<(string, string)>(), .. HiveTypes.Projection(files)]);
        WriteColumns(json, "PartitionKeys", [(ReportFiles.Date, "string")]);
        json.WriteStartObject("StorageDescriptor");
        WriteColumns(json, "Columns", files.Columns.Select(column => (HiveTypes.Name(column), HiveTypes.Of(column, files.Kind))));
        json.WriteString("Location", files.Location);
        json.WriteString("InputFormat", input);
        json.WriteString("OutputFormat", output);
        json.WriteStartObject("SerdeInfo");
        json.WriteString("SerializationLibrary", library);
        WriteMap(json, "Parameters", settings);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    static (string Library, string Input, string Output, (string, string)[] Settings) Reading(ReportFileKind kind) => kind switch
    {
        ReportFileKind.Csv => ("org.apache.hadoop.hive.serde2.OpenCSVSerde", Text, TextOut, [("separatorChar", ","), ("quoteChar", "\""), ("escapeChar", "\\")]),
        ReportFileKind.Ndjson => ("org.openx.data.jsonserde.JsonSerDe", Text, TextOut, []),
        _ => (
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            [("serialization.format", "1")]),
    };

    /// <summary>A command for a shell; within its quotes, a quote ends them, stands for itself and begins them again.</summary>
    static string Command(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Lenient))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return $"aws glue create-table --database-name \"${{DATABASE:-default}}\" --table-input '{Encoding.UTF8.GetString(buffer.ToArray()).Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    static void WriteColumns(Utf8JsonWriter json, string name, IEnumerable<(string Name, string Type)> columns)
    {
        json.WriteStartArray(name);
        foreach (var (column, type) in columns)
        {
            json.WriteStartObject();
            json.WriteString("Name", column);
            json.WriteString("Type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<(string Key, string Value)> entries)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in entries)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
