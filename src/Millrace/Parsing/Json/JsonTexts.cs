using System.Buffers.Text;

namespace Millrace.Parsing.Json;

/// <summary>Texts that are written in another way than as a string alone.</summary>
static class JsonTexts
{
    /// <summary>A text without the line break that it ends in; absent where nothing is left.</summary>
    public static FieldValue WithoutBreak(ReadOnlySpan<byte> line, FieldValue field)
    {
        var text = line.Slice(field.Start, field.Length);
        if (field.Escape != TextEscape.Json || !text.EndsWith("\\n"u8) || IsEscaped(text[..^2]))
        {
            return field;
        }

        text = text[..^2];
        if (text.EndsWith("\\r"u8) && !IsEscaped(text[..^2]))
        {
            text = text[..^2];
        }

        return text.IsEmpty ? default : FieldValue.Text(field.Start, text.Length, text.Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
    }

    /// <summary>The first element of an array, where it is a string that says something.</summary>
    public static bool TryFirst(ReadOnlySpan<byte> line, JsonValue array, out FieldValue field)
    {
        field = default;
        var start = JsonSyntax.SkipSpace(line, array.Start + 1);
        if (JsonSyntax.ByteAt(line, start) != '"')
        {
            return false;
        }

        var end = JsonSyntax.EndOfString(line, start, out var hasEscape);
        field = new JsonValue(start, end - start, JsonKind.String, hasEscape).AsText();
        return field.Length > 0;
    }

    /// <summary>True where the inside of an array is numbers from 0 to 255.</summary>
    public static bool AreBytes(ReadOnlySpan<byte> elements)
    {
        if (elements.Trim(" \t\r\n"u8).IsEmpty)
        {
            return false;
        }

        while (true)
        {
            var comma = elements.IndexOf((byte)',');
            var element = (comma < 0 ? elements : elements[..comma]).Trim(" \t\r\n"u8);
            if (!Utf8Parser.TryParse(element, out byte _, out var length) || length != element.Length || element[0] == '+')
            {
                return false;
            }

            if (comma < 0)
            {
                return true;
            }

            elements = elements[(comma + 1)..];
        }
    }

    /// <summary>True where a text ends in a backslash that escapes what comes after it.</summary>
    static bool IsEscaped(ReadOnlySpan<byte> text) => (text.Length - text.TrimEnd((byte)'\\').Length) % 2 == 1;
}
