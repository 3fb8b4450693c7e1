using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Queries;

namespace Millrace.Cli.Output;

/// <summary>Prints the rows of a result as they come.</summary>
static class ResultPrinter
{
    const int FlushBytes = 1 << 16;

    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Prints a result. Tables are held whole to be aligned; the other forms are streamed.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="kind">The form.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="omitted">Columns that JSON leaves out.</param>
    public static void Print(QueryResult rows, OutputKind kind, Stream output, IReadOnlySet<string>? omitted = null)
    {
        var shown = new bool[rows.Columns.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = omitted?.Contains(rows.Columns[i].Name) != true;
        }

        switch (kind)
        {
            case OutputKind.Table:
                TablePrinter.Print(rows, output);
                break;
            case OutputKind.Csv:
                PrintCsv(rows, output);
                break;
            case OutputKind.Json:
                PrintJson(rows, shown, output, "[\n  "u8, ",\n  "u8, "\n]\n"u8, "[]\n"u8);
                break;
            case OutputKind.Ndjson:
                PrintJson(rows, shown, output, default, "\n"u8, "\n"u8, default);
                break;
            default:
                throw new UserException($"This result cannot be printed as {kind.ToString().ToLowerInvariant()}.", UserException.Usage);
        }
    }

    static void PrintJson(QueryResult rows, bool[] shown, Stream output, ReadOnlySpan<byte> before, ReadOnlySpan<byte> between, ReadOnlySpan<byte> after, ReadOnlySpan<byte> empty)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushBytes * 2);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        var names = new JsonEncodedText[rows.Columns.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = JsonEncodedText.Encode(rows.Columns[i].Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        }

        var any = false;
        while (rows.Read())
        {
            buffer.Write(any ? between : before);
            any = true;
            json.Reset();
            WriteRow(rows, names, shown, json);
            json.Flush();
            if (buffer.WrittenCount >= FlushBytes)
            {
                output.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        buffer.Write(any ? after : empty);
        output.Write(buffer.WrittenSpan);
    }

    static void WriteRow(QueryResult rows, JsonEncodedText[] names, bool[] shown, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
        {
            if (shown[i])
            {
                json.WritePropertyName(names[i]);
                rows.Columns[i].Write(json, rows.Row);
            }
        }

        json.WriteEndObject();
    }

    static void PrintCsv(QueryResult rows, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), FlushBytes, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', rows.Columns.Select(column => Quote(column.Name))));
        while (rows.Read())
        {
            for (var i = 0; i < rows.Columns.Count; i++)
            {
                if (i > 0)
                {
                    writer.Write(',');
                }

                // An empty text is quoted, so that it differs from NULL.
                writer.Write(rows.Columns[i].Text(rows.Row) is { } text ? text.Length == 0 ? "\"\"" : Quote(text) : "");
            }

            writer.WriteLine();
        }
    }

    static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
