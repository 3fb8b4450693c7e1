using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What became of a value that stands under a known name.</summary>
enum JsonReading
{
    /// <summary>The column's value.</summary>
    Value,

    /// <summary>A value that stands for none.</summary>
    None,

    /// <summary>Something else that happens to have the name.</summary>
    OtherKind,

    /// <summary>A time that cannot be read.</summary>
    BadTime,
}

/// <summary>Reads JSON values as their fields are written.</summary>
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
    public JsonReading Read(ReadOnlySpan<byte> line, JsonValue value, in JsonWant want, out FieldValue field)
    {
        field = value.AsText();
        if (value.Kind is not (JsonKind.String or JsonKind.Number))
        {
            return ReadOther(line, value, want.Syntax, out field);
        }

        var text = value.TextIn(line);
        switch (want.Syntax)
        {
            case JsonFieldSyntax.OnlyString:
                return Accept(value.Kind == JsonKind.String);
            case JsonFieldSyntax.RequestLine:
                return Accept(value.Kind == JsonKind.String && JsonTarget.IsRequest(text));
            case JsonFieldSyntax.ServiceName:
                return Accept(!text.ContainsAny("/: ("u8));
            case JsonFieldSyntax.TextLine:
                field = JsonTexts.WithoutBreak(line, field);
                return field.HasValue ? JsonReading.Value : JsonReading.None;
            case JsonFieldSyntax.Any:
                field = value.AsJson();
                return JsonReading.Value;
            case JsonFieldSyntax.Json:
                field = FieldValue.Text(value.Start, value.Length, TextEscape.JsonValue);
                return JsonReading.Value;
            default:
                return want.IsTyped ? ReadTyped(text, value, want, out field) : JsonReading.Value;
        }
    }

    static JsonReading Accept(bool isOfKind) => isOfKind ? JsonReading.Value : JsonReading.OtherKind;

    /// <summary>Reads what is neither a string nor a number.</summary>
    static JsonReading ReadOther(ReadOnlySpan<byte> line, JsonValue value, JsonFieldSyntax syntax, out FieldValue field)
    {
        field = FieldValue.Text(value.Start, value.Length, TextEscape.JsonValue);
        switch (syntax)
        {
            case JsonFieldSyntax.Any or JsonFieldSyntax.Json:
                return JsonReading.Value;
            case JsonFieldSyntax.Boolean when value.Kind == JsonKind.Boolean:
                field.Number = line[value.Start] == 't' ? 1 : 0;
                return JsonReading.Value;
            case JsonFieldSyntax.FirstText when value.Kind == JsonKind.Array:
                return Accept(JsonTexts.TryFirst(line, value, out field));
            case JsonFieldSyntax.TextBytes when value.Kind == JsonKind.Array:
                field = FieldValue.Text(value.Start + 1, value.Length - 2, TextEscape.JsonBytes);
                return Accept(JsonTexts.AreBytes(line.Slice(field.Start, field.Length)));
            default:
                return JsonReading.OtherKind;
        }
    }

    JsonReading ReadTyped(ReadOnlySpan<byte> text, JsonValue value, in JsonWant want, out FieldValue field)
    {
        var content = value.HasEscape ? _decoder.Decode(text, TextEscape.Json) : text;
        var isRead = TryReadNumber(content, want, out var number);
        var place = value.AsText();
        field = FieldValue.Of(number, place.Start, place.Length);
        return !isRead ? want.IsTime ? JsonReading.BadTime : JsonReading.OtherKind
            : want.Syntax == JsonFieldSyntax.Duration && number < 0 ? JsonReading.None
            : JsonReading.Value;
    }

    bool TryReadNumber(ReadOnlySpan<byte> text, in JsonWant want, out long number)
    {
        number = 0;
        switch (want.Syntax)
        {
            case JsonFieldSyntax.Status:
                return TryReadInteger(text, out number) && number is >= 0 and <= HighestStatus;
            case JsonFieldSyntax.Count:
                return TryReadInteger(text, out number) && number >= 0;
            case JsonFieldSyntax.Integer:
                return TryReadInteger(text, out number);
            case JsonFieldSyntax.Duration:
                return DurationText.TryRead(text, want.Unit, out number);
            case JsonFieldSyntax.Real:
                var isReal = JsonSyntax.EndOfNumber(text, 0) == text.Length & Utf8Parser.TryParse(text, out double real, out _) && double.IsFinite(real);
                number = BitConverter.DoubleToInt64Bits(real);
                return isReal;
            case JsonFieldSyntax.Boolean:
                number = text.SequenceEqual("true"u8) ? 1 : 0;
                return number == 1 || text.SequenceEqual("false"u8);
            case JsonFieldSyntax.EpochTime:
                return TimeText.TryReadEpoch(text, DurationText.NanosIn(want.Unit), out number);
            case JsonFieldSyntax.IsoTime:
                return TimeText.TryReadIso(text, zone, out number, out var length) && length == text.Length;
            default:
                return TimeText.TryReadAny(text, zone, out number);
        }
    }

    static bool TryReadInteger(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length;
}
