using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Millrace.Lake.Delta;

/// <summary>
/// One line of a commit. The protocol is that of Delta Lake, reader version 1 and writer version 2
/// (https://github.com/delta-io/delta/blob/master/PROTOCOL.md).
/// </summary>
abstract record DeltaAction
{
    public const int ReaderVersion = 1;
    public const int WriterVersion = 2;

    /// <summary>Which versions of the protocol a reader and a writer must know.</summary>
    public sealed record Protocol(int Reader, int Writer) : DeltaAction
    {
        protected override string Name => "protocol";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteNumber("minReaderVersion", Reader);
            json.WriteNumber("minWriterVersion", Writer);
        }
    }

    /// <summary>What the table is.</summary>
    public sealed record Metadata(TableMetadata Table) : DeltaAction
    {
        protected override string Name => "metaData";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteString("id", Table.Id);
            json.WriteStartObject("format");
            json.WriteString("provider", "parquet");
            json.WriteStartObject("options");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("schemaString", Table.SchemaJson);
            json.WriteStartArray("partitionColumns");
            foreach (var column in Table.PartitionColumns)
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            json.WriteStartObject("configuration");
            json.WriteEndObject();
            json.WriteNumber("createdTime", Table.Created);
        }
    }

    /// <summary>A file comes in.</summary>
    /// <param name="File">The file.</param>
    /// <param name="ChangesData">False where the same events were in other files before, as after a compaction.</param>
    public sealed record Add(LakeFile File, bool ChangesData) : DeltaAction
    {
        protected override string Name => "add";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteString("path", DeltaPath.Encode(File.Path));
            WritePartition(json, File);
            json.WriteNumber("size", File.Bytes);
            json.WriteNumber("modificationTime", File.Modified);
            json.WriteBoolean("dataChange", ChangesData);
            json.WriteString("stats", FileStatistics.Write(File));
            if (File.Tags.Count > 0)
            {
                json.WriteStartObject("tags");
                foreach (var (key, value) in File.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }
        }
    }

    /// <summary>A file goes out; readers of earlier versions may still need it.</summary>
    /// <param name="File">The file.</param>
    /// <param name="At">When, in milliseconds since 1970.</param>
    /// <param name="ChangesData">False where its events are in other files now.</param>
    public sealed record Remove(LakeFile File, long At, bool ChangesData) : DeltaAction
    {
        protected override string Name => "remove";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteString("path", DeltaPath.Encode(File.Path));
            json.WriteNumber("deletionTimestamp", At);
            json.WriteBoolean("dataChange", ChangesData);
            json.WriteBoolean("extendedFileMetadata", true);
            WritePartition(json, File);
            json.WriteNumber("size", File.Bytes);
        }
    }

    /// <summary>How far an application has come: one of the numbers that a <see cref="LakeMark"/> is kept as.</summary>
    public sealed record Mark(string Application, long Value, long At) : DeltaAction
    {
        protected override string Name => "txn";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteString("appId", Application);
            json.WriteNumber("version", Value);
            json.WriteNumber("lastUpdated", At);
        }
    }

    /// <summary>What was done, for people.</summary>
    public sealed record Info(string Operation, long At, IReadOnlyDictionary<string, string> Details) : DeltaAction
    {
        /// <summary>Of this commit alone, so that a writer knows its own when it meets it.</summary>
        public Guid Id { get; init; } = Guid.NewGuid();

        protected override string Name => "commitInfo";

        protected override void WriteBody(Utf8JsonWriter json)
        {
            json.WriteNumber("timestamp", At);
            json.WriteString("operation", Operation);
            json.WriteStartObject("operationParameters");
            foreach (var (key, value) in Details)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteString("engineInfo", "Millrace");
            json.WriteString("txnId", Id);
        }
    }

    protected abstract string Name { get; }

    /// <summary>The lines of a commit.</summary>
    public static byte[] WriteLines(IEnumerable<DeltaAction> actions)
    {
        using var buffer = new MemoryStream();
        foreach (var action in actions)
        {
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteStartObject(action.Name);
                action.WriteBody(json);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a line; null for an action that says nothing to us. Throws a <see cref="JsonException"/> or <see cref="KeyNotFoundException"/> where it is none.</summary>
    public static DeltaAction? Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var one = document.RootElement.EnumerateObject().FirstOrDefault(property => property.Value.ValueKind == JsonValueKind.Object);
        var body = one.Value;
        return one.Name switch
        {
            "protocol" => new Protocol(body.GetProperty("minReaderVersion").GetInt32(), body.GetProperty("minWriterVersion").GetInt32()),
            "metaData" => new Metadata(new TableMetadata(
                body.GetProperty("id").GetString()!,
                body.GetProperty("schemaString").GetString()!,
                [.. body.GetProperty("partitionColumns").EnumerateArray().Select(column => column.GetString()!)],
                Number(body, "createdTime"))),
            "add" => new Add(ReadFile(body), !body.TryGetProperty("dataChange", out var changes) || changes.GetBoolean()),
            "remove" => new Remove(ReadFile(body), Number(body, "deletionTimestamp"), !body.TryGetProperty("dataChange", out var changes) || changes.GetBoolean()),
            "txn" => new Mark(body.GetProperty("appId").GetString()!, Number(body, "version"), Number(body, "lastUpdated")),
            "commitInfo" => new Info(Text(body, "operation") ?? "", Number(body, "timestamp"), new Dictionary<string, string>()),
            _ => null,
        };
    }

    protected abstract void WriteBody(Utf8JsonWriter json);

    /// <summary>The values of the columns that part a table: a day, or where the table is parted otherwise, all of them.</summary>
    public static (DateOnly? Day, IReadOnlyDictionary<string, string?>? Parts) ReadPartition(JsonElement values) =>
        values.ValueKind != JsonValueKind.Object ? (null, null)
        : !values.TryGetProperty(LakeSchema.Day, out _) ? (null, values.EnumerateObject().ToDictionary(part => part.Name, part => part.Value.GetString()))
        : (Text(values, LakeSchema.Day) is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null, null);

    /// <summary>What else an add action says of a file.</summary>
    public static IReadOnlyDictionary<string, string> ReadTags(JsonElement tags) =>
        tags.ValueKind == JsonValueKind.Object ? tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "") : new Dictionary<string, string>();

    static LakeFile ReadFile(JsonElement body)
    {
        var (day, parts) = ReadPartition(body.TryGetProperty("partitionValues", out var values) ? values : default);
        var file = new LakeFile(DeltaPath.Decode(body.GetProperty("path").GetString()!), day, Number(body, "size"), Number(body, "modificationTime"))
        {
            Parts = parts,
            Tags = ReadTags(body.TryGetProperty("tags", out var tags) ? tags : default),
        };
        return Text(body, "stats") is { Length: > 0 } stats ? FileStatistics.Read(file, Encoding.UTF8.GetBytes(stats)) : file;
    }

    static void WritePartition(Utf8JsonWriter json, LakeFile file)
    {
        json.WriteStartObject("partitionValues");
        foreach (var (name, value) in file.Parts ?? new Dictionary<string, string?> { [LakeSchema.Day] = file.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    static long Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
