using System.Text.Json;
using Millrace.Events;
using Millrace.Queries.Results;

namespace Millrace.Errors;

/// <summary>Groups as JSON objects.</summary>
public static class ErrorJson
{
    /// <summary>The members as columns of a table. What is no single value is the text of its JSON.</summary>
    public static IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("group", ColumnType.Text),
        new("state", ColumnType.Text),
        new("name", ColumnType.Text),
        new("type", ColumnType.Text),
        new("template", ColumnType.Text),
        new("count", ColumnType.Integer),
        new("share", ColumnType.Real),
        new("expected", ColumnType.Real),
        new("firstSeen", ColumnType.Timestamp),
        new("lastSeen", ColumnType.Timestamp),
        new("daysAway", ColumnType.Integer),
        new("services", ColumnType.Text),
        new("endpoints", ColumnType.Text),
        new("hosts", ColumnType.Text),
        new("callers", ColumnType.Text),
        new("frames", ColumnType.Text),
        new("trend", ColumnType.Text),
        new("note", ColumnType.Text),
        new("sample", ColumnType.Text),
        new("search", ColumnType.Text),
    ];

    /// <summary>Writes a group.</summary>
    public static void Write(Utf8JsonWriter json, ErrorGroup group, ErrorDigest digest, IReadOnlyList<string> sources)
    {
        json.WriteStartObject();
        json.WriteString("group", group.Id);
        json.WriteString("state", group.State.ToString().ToLowerInvariant());
        Optional(json, "name", group.Name);
        Optional(json, "type", group.Type);
        json.WriteString("template", group.Template);
        json.WriteNumber("count", group.Count);
        json.WriteNumber("share", group.Share);
        if (group.Expected is { } expected)
        {
            json.WriteNumber("expected", expected);
        }

        json.WriteString("firstSeen", InstantText.Format(group.FirstSeen));
        json.WriteString("lastSeen", InstantText.Format(group.LastSeen));
        if (group.State == ErrorState.Back)
        {
            json.WriteNumber("daysAway", group.DaysAway);
        }

        Names(json, "services", group.Services);
        Names(json, "endpoints", group.Endpoints);
        Names(json, "hosts", group.Hosts);
        Names(json, "callers", group.Callers);
        json.WriteStartArray("frames");
        foreach (var frame in group.Frames)
        {
            json.WriteStringValue(frame);
        }

        json.WriteEndArray();
        json.WriteStartArray("trend");
        foreach (var count in group.Trend)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        Optional(json, "note", group.Note);
        if (group.Sample is { } sample)
        {
            json.WriteStartObject("sample");
            json.WriteString("file", sample.File);
            json.WriteNumber("line", sample.Line);
            json.WriteString("timestamp", InstantText.Format(sample.Time));
            json.WriteString("text", sample.Text);
            json.WriteEndObject();
            json.WriteString("search", ErrorText.SearchCommand(group, digest, sources));
        }

        json.WriteEndObject();
    }

    static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    static void Names(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, long>> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in values)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }
}
