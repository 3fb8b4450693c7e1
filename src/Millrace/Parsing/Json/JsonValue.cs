namespace Millrace.Parsing.Json;

/// <summary>A JSON value of the current line: where it stands, its quotes or brackets included. Nothing, as logfmt has it behind a name alone, is true.</summary>
readonly record struct JsonValue(int Start, int Length, JsonKind Kind, bool HasEscape)
{
    /// <summary>The text of the value: of a string, what stands between its quotes.</summary>
    public FieldValue AsText() => Kind == JsonKind.String
        ? FieldValue.Text(Start + 1, Length - 2, HasEscape ? TextEscape.Json : TextEscape.None)
        : FieldValue.Text(Start, Length);

    /// <summary>The value as JSON; a string as its text, since JSON is made from it again.</summary>
    public FieldValue AsJson() => Kind == JsonKind.String ? AsText() : FieldValue.Text(Start, Length, Length == 0 ? TextEscape.Flag : TextEscape.JsonValue);

    /// <summary>The bytes of <see cref="AsText"/>.</summary>
    public ReadOnlySpan<byte> TextIn(ReadOnlySpan<byte> line) =>
        Kind == JsonKind.String ? line.Slice(Start + 1, Length - 2) : line.Slice(Start, Length);
}
