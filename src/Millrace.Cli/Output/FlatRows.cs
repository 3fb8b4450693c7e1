using System.Globalization;
using System.Text;
using Millrace.Queries.Results;

namespace Millrace.Cli.Output;

/// <summary>Writes rows of texts and whole numbers as they come: lines for a person, objects or comma-separated values for a program.</summary>
sealed class FlatRows : IDisposable
{
    readonly IReadOnlyList<string> _columns;
    readonly JsonRows? _json;
    readonly CsvRows? _csv;
    readonly StreamWriter? _lines;

    /// <param name="kind">The form: a table, JSON, NDJSON or CSV.</param>
    /// <param name="output">Where the rows go.</param>
    /// <param name="columns">The names of a row's values.</param>
    public FlatRows(OutputKind kind, Stream output, params IReadOnlyList<string> columns)
    {
        _columns = columns;
        switch (kind)
        {
            case OutputKind.Table:
                _lines = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                break;
            case OutputKind.Csv:
                _csv = new CsvRows(output);
                _csv.WriteHeader(columns);
                break;
            default:
                _json = new JsonRows(output, isArray: kind == OutputKind.Json);
                break;
        }
    }

    /// <summary>Writes a row.</summary>
    public void Write(params ReadOnlySpan<Value> values)
    {
        if (_json is not null)
        {
            WriteObject(_json, values);
        }
        else if (_csv is not null)
        {
            WriteCells(_csv, values);
        }
        else
        {
            WriteLine(_lines!, values);
        }
    }

    /// <summary>Ends what was written.</summary>
    public void Finish()
    {
        _json?.Finish();
        _csv?.Flush();
        _lines?.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json?.Dispose();
        _lines?.Dispose();
    }

    void WriteObject(JsonRows rows, ReadOnlySpan<Value> values)
    {
        var json = rows.BeginRow();
        json.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Text is { } text)
            {
                json.WriteString(_columns[i], text);
            }
            else
            {
                json.WriteNumber(_columns[i], values[i].Number);
            }
        }

        json.WriteEndObject();
        rows.EndRow();
    }

    static void WriteCells(CsvRows rows, ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            if (value.Text is { } text)
            {
                rows.WriteText(text);
            }
            else
            {
                rows.WriteNumber(value.Number);
            }
        }

        rows.EndRow();
    }

    static void WriteLine(StreamWriter writer, ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            writer.Write(i == 0 ? "" : "  ");
            writer.Write(values[i].Text is { } text ? TerminalText.Visible(text) : values[i].Number.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteLine();
    }

    /// <summary>A text, or a number where that is null.</summary>
    public readonly record struct Value(string? Text, long Number)
    {
        public static implicit operator Value(string text) => new(text, 0);

        public static implicit operator Value(long number) => new(null, number);
    }
}
