using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Millrace.Cli.Output;

/// <summary>Writes rows of texts and whole numbers as they come: lines for a person, objects or comma-separated values for a program.</summary>
sealed class FlatRows(OutputKind kind, Stream output, JsonWriterOptions options) : IDisposable
{
    readonly ArrayBufferWriter<byte> _buffer = new();
    long _written;

    /// <summary>Writes a row.</summary>
    public void Write(params ReadOnlySpan<(string Name, object Value)> cells)
    {
        _buffer.ResetWrittenCount();
        switch (kind)
        {
            case OutputKind.Table:
                Append(Joined("  ", cells, static cell => Text(cell.Value)) + "\n");
                break;
            case OutputKind.Csv:
                Append((_written == 0 ? Joined(",", cells, static cell => cell.Name) + "\n" : "") + Joined(",", cells, static cell => Cell(Text(cell.Value))) + "\n");
                break;
            default:
                Append(kind == OutputKind.Json ? _written == 0 ? "[\n" : ",\n" : "");
                WriteObject(cells);
                Append(kind == OutputKind.Json ? "" : "\n");
                break;
        }

        output.Write(_buffer.WrittenSpan);
        _written++;
    }

    /// <summary>Ends what was written.</summary>
    public void Dispose()
    {
        if (kind == OutputKind.Json)
        {
            output.Write(_written == 0 ? "[]\n"u8 : "\n]\n"u8);
        }

        output.Flush();
    }

    void WriteObject(ReadOnlySpan<(string Name, object Value)> cells)
    {
        using var json = new Utf8JsonWriter(_buffer, options);
        json.WriteStartObject();
        foreach (var (name, value) in cells)
        {
            if (value is long number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteString(name, Text(value));
            }
        }

        json.WriteEndObject();
    }

    static string Joined(string separator, ReadOnlySpan<(string Name, object Value)> cells, Func<(string Name, object Value), string> text)
    {
        var parts = new string[cells.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = text(cells[i]);
        }

        return string.Join(separator, parts);
    }

    static string Text(object value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : (string)value;

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    void Append(string text) => _buffer.Write(Encoding.UTF8.GetBytes(text));
}
