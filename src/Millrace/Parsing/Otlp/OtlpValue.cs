using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>Reads the values of OTLP's JSON, which say their kind: <c>{"stringValue": "a"}</c>, <c>{"intValue": "17"}</c>.</summary>
static class OtlpValue
{
    /// <summary>
    /// The value of an AnyValue, which the place is moved behind: a string as its text, all else as JSON; 64-bit integers, which stand in strings, as numbers. Absent where there
    /// is none.
    /// </summary>
    public static FieldValue Read(ReadOnlySpan<byte> line, ref int at)
    {
        if (line[at] != '{')
        {
            at = JsonExtent.EndOfValue(line, at);
            return default;
        }

        at++;
        var field = default(FieldValue);
        if (JsonExtent.TryTakeMember(line, ref at, out var kind, out var inner))
        {
            field = JsonOf(line, inner);
            var isNumber = line[kind].SequenceEqual("intValue"u8) && field.Length > 0 && JsonSyntax.EndOfNumber(line.Slice(field.Start, field.Length), 0) == field.Length;
            field.Escape = isNumber ? TextEscape.JsonValue : field.Escape;
            field.HasValue = field.Length > 0;
        }

        while (JsonExtent.TryTakeMember(line, ref at, out _, out _))
        {
        }

        at = OtlpCursor.EndOfObject(line, at);
        return field;
    }

    /// <summary>The inside of a string.</summary>
    public static FieldValue TextOf(ReadOnlySpan<byte> line, Range inside)
    {
        var (start, length) = inside.GetOffsetAndLength(line.Length);
        return FieldValue.Text(start, length, line[inside].Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
    }

    /// <summary>A string as its text, all else as JSON.</summary>
    public static FieldValue JsonOf(ReadOnlySpan<byte> line, Range value)
    {
        var (start, length) = value.GetOffsetAndLength(line.Length);
        return line[start] == '"' ? TextOf(line, (start + 1)..(start + length - 1)) : FieldValue.Text(start, length, TextEscape.JsonValue);
    }

    /// <summary>Makes a value one of a column's type, if it is.</summary>
    public static bool TryFit(ReadOnlySpan<byte> line, ColumnType type, ref FieldValue field) =>
        field.HasValue && (type == ColumnType.Integer
            ? Utf8Parser.TryParse(line.Slice(field.Start, field.Length), out field.Number, out var length) && length == field.Length
            : field.Escape != TextEscape.JsonValue);

    /// <summary>Reads a severity's number, or the name of one, <c>SEVERITY_NUMBER_INFO2</c>; none and 0 are none.</summary>
    public static bool TryReadSeverity(ReadOnlySpan<byte> line, ref FieldValue field)
    {
        if (!field.HasValue)
        {
            return true;
        }

        var text = line.Slice(field.Start, field.Length);
        if (!Utf8Parser.TryParse(text, out field.Number, out var length) || length != text.Length)
        {
            field.Number = Severity.NumberOfOtlp(text);
            return field.Number > 0;
        }

        field.HasValue = field.Number != 0;
        return field.Number is >= 0 and <= 24;
    }
}
