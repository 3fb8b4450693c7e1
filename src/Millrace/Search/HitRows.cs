using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Millrace.Events;
using Millrace.Queries.Results;

namespace Millrace.Search;

/// <summary>Writes hits as rows for programs. Bytes that are not UTF-8 are written as U+FFFD.</summary>
public static class HitRows
{
    /// <summary>The columns of a hit in CSV.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["file", "line", "timestamp", "text"];

    /// <summary>Writes a hit as an object.</summary>
    /// <param name="rows">Where it goes.</param>
    /// <param name="hit">The hit.</param>
    /// <param name="hasContext">True where the lines around the hit were asked for.</param>
    public static void Write(JsonRows rows, scoped in SearchHit hit, bool hasContext)
    {
        var json = rows.BeginRow();
        json.WriteStartObject();
        json.WriteString("file"u8, hit.File);
        json.WriteNumber("line"u8, hit.Line);
        if (hit.Timestamp is { } micros)
        {
            Span<byte> time = stackalloc byte[InstantText.MostBytes];
            json.WriteString("timestamp"u8, time[..InstantText.Format(InstantText.FromMicros(micros), time)]);
        }

        json.WritePropertyName("text"u8);
        WriteText(json, hit.Text);
        if (hasContext)
        {
            WriteLines(json, "before", hit.Before);
            WriteLines(json, "after", hit.After);
        }

        json.WriteEndObject();
        rows.EndRow();
    }

    /// <summary>Writes a hit as the cells of <see cref="Columns"/>.</summary>
    public static void Write(CsvRows rows, scoped in SearchHit hit)
    {
        rows.WriteText(hit.File);
        rows.WriteNumber(hit.Line);
        if (hit.Timestamp is { } micros)
        {
            Span<byte> time = stackalloc byte[InstantText.MostBytes];
            rows.WriteText(time[..InstantText.Format(InstantText.FromMicros(micros), time)]);
        }
        else
        {
            rows.WriteNull();
        }

        rows.WriteText(hit.Text);
        rows.EndRow();
    }

    static void WriteLines(Utf8JsonWriter json, string name, IReadOnlyList<byte[]> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            WriteText(json, line);
        }

        json.WriteEndArray();
    }

    static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(text));
        }
    }
}
