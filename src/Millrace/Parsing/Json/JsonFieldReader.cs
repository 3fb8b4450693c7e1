using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What became of a value that stands under a known name.</summary>
enum JsonReading
{
    /// <summary>The column's value.</summary>
    Value,

    /// <summary>Something else that happens to have the name.</summary>
    OtherKind,

    /// <summary>A time that cannot be read.</summary>
    BadTime,
}

/// <summary>Reads JSON values as what the names of their keys stand for.</summary>
sealed class JsonFieldReader(LocalZone zone)
{
    const int HighestStatus = 999;

    readonly TextDecoder _decoder = new();

    /// <summary>True where the line says that there is no value: <c>null</c>, nothing or <c>-</c>.</summary>
    public static bool IsNone(ReadOnlySpan<byte> line, in JsonValue value) => value.Kind switch
    {
        JsonKind.Null => true,
        JsonKind.String => value.Length == 2 || (value.Length == 3 && line[value.Start + 1] == '-'),
        _ => false,
    };

    /// <summary>Reads a value, which is one, for a slot of <see cref="JsonPlan"/>.</summary>
    public JsonReading Read(ReadOnlySpan<byte> line, JsonValue value, JsonWant want, out FieldValue field)
    {
        field = value.AsText();
        if (want.Slot >= JsonPlan.NamedSlots)
        {
            field = value.AsJson();
            return JsonReading.Value;
        }

        if (value.Kind is not (JsonKind.String or JsonKind.Number))
        {
            return JsonReading.OtherKind;
        }

        var text = value.TextIn(line);
        return (NamedField)want.Slot switch
        {
            NamedField.Timestamp or NamedField.Status or NamedField.Bytes or NamedField.Duration => ReadTyped(text, value, want, out field),
            NamedField.Request => Accept(value.Kind == JsonKind.String && JsonTarget.IsRequest(text)),
            NamedField.Caller => Accept(!text.ContainsAny("/: ("u8)),
            NamedField.Url or NamedField.Method or NamedField.Endpoint => Accept(value.Kind == JsonKind.String),
            _ => JsonReading.Value,
        };
    }

    static JsonReading Accept(bool isOfKind) => isOfKind ? JsonReading.Value : JsonReading.OtherKind;

    JsonReading ReadTyped(ReadOnlySpan<byte> text, JsonValue value, JsonWant want, out FieldValue field)
    {
        var content = value.HasEscape ? _decoder.Decode(text, TextEscape.Json) : text;
        var isTime = (NamedField)want.Slot == NamedField.Timestamp;
        long number;
        var isRead = (NamedField)want.Slot switch
        {
            NamedField.Timestamp => TimeText.TryReadAny(content, zone, out number),
            NamedField.Duration => DurationText.TryRead(content, want.Unit, out number) && number >= 0,
            NamedField.Status => TryReadInteger(content, out number) && number is >= 0 and <= HighestStatus,
            _ => TryReadInteger(content, out number) && number >= 0,
        };
        field = FieldValue.Of(number, value.Start, value.Length);
        return isRead ? JsonReading.Value : isTime ? JsonReading.BadTime : JsonReading.OtherKind;
    }

    static bool TryReadInteger(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length;
}
