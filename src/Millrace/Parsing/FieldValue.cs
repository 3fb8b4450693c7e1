namespace Millrace.Parsing;

/// <summary>One field of the current line: where its text stands, and its number where the field's type has one.</summary>
/// <remarks>The default value is a field that is absent: NULL in SQL.</remarks>
public struct FieldValue
{
    /// <summary>The first byte of the text, counted from the start of the line.</summary>
    public int Start;

    /// <summary>The text's length in bytes, after any quotes were taken off.</summary>
    public int Length;

    /// <summary>The value of an Integer, Timestamp (µs since 1970), Boolean (0 or 1) or Real (<see cref="BitConverter.DoubleToInt64Bits"/>) field.</summary>
    public long Number;

    /// <summary>How the text is written.</summary>
    public TextEscape Escape;

    /// <summary>False where the line does not have the field, or says <c>-</c>.</summary>
    public bool HasValue;

    /// <summary>The same value of a line that begins earlier.</summary>
    internal readonly FieldValue Moved(int offset)
    {
        var moved = this;
        moved.Start += offset;
        return moved;
    }

    /// <summary>A piece of text of the line.</summary>
    public static FieldValue Text(int start, int length, TextEscape escape = TextEscape.None) =>
        new() { Start = start, Length = length, Escape = escape, HasValue = true };

    /// <summary>A number, and the text that it was read from.</summary>
    public static FieldValue Of(long number, int start, int length) =>
        new() { Number = number, Start = start, Length = length, HasValue = true };
}
