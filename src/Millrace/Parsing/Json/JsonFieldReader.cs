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

    /// <summary>Reads a value, which is one, for a slot of <see cref="JsonPlan"/>; the field stays as it is where the value is of another kind.</summary>
    public JsonReading Read(ReadOnlySpan<byte> line, in JsonValue value, JsonWant want, ref FieldValue field)
    {
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
        switch ((NamedField)want.Slot)
        {
            case NamedField.Timestamp or NamedField.Status or NamedField.Bytes or NamedField.Duration:
                return ReadTyped(text, value, want, ref field);
            case NamedField.Request when value.Kind != JsonKind.String || !JsonTarget.IsRequest(text):
            case NamedField.Caller when text.ContainsAny("/: ("u8):
            case NamedField.Url or NamedField.Method or NamedField.Endpoint when value.Kind != JsonKind.String:
                return JsonReading.OtherKind;
            default:
                field = value.AsText();
                return JsonReading.Value;
        }
    }

    JsonReading ReadTyped(ReadOnlySpan<byte> text, in JsonValue value, JsonWant want, ref FieldValue field)
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
        if (!isRead)
        {
            return isTime ? JsonReading.BadTime : JsonReading.OtherKind;
        }

        field.Number = number;
        field.Start = value.Start;
        field.Length = value.Length;
        field.Escape = TextEscape.None;
        field.HasValue = true;
        return JsonReading.Value;
    }

    static bool TryReadInteger(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length;
}
