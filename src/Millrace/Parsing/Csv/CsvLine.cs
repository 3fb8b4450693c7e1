namespace Millrace.Parsing.Csv;

/// <summary>Splits lines at a delimiter; a value may stand in double quotes, which are doubled inside of it (RFC 4180).</summary>
static class CsvLine
{
    /// <summary>
    /// Takes the next value. After the last one, <paramref name="at"/> is behind the line's end. False where a quoted value is not
    /// closed or goes on behind its closing quote; <paramref name="at"/> is then the place.
    /// </summary>
    public static bool TryTake(ReadOnlySpan<byte> line, byte delimiter, ref int at, out FieldValue value)
    {
        if (at < line.Length && line[at] == '"')
        {
            return TryTakeQuoted(line, delimiter, ref at, out value);
        }

        var length = line[at..].IndexOf(delimiter);
        length = length < 0 ? line.Length - at : length;
        value = FieldValue.Text(at, length);
        at += length + 1;
        return true;
    }

    static bool TryTakeQuoted(ReadOnlySpan<byte> line, byte delimiter, ref int at, out FieldValue value)
    {
        var start = at + 1;
        var escape = TextEscape.None;
        var end = start;
        while (true)
        {
            var quote = line[end..].IndexOf((byte)'"');
            if (quote < 0)
            {
                value = default;
                return false;
            }

            end += quote;
            if (end + 1 >= line.Length || line[end + 1] != '"')
            {
                break;
            }

            escape = TextEscape.DoubledQuote;
            end += 2;
        }

        value = FieldValue.Text(start, end - start, escape);
        at = end + 2;
        return end + 1 >= line.Length || line[end + 1] == delimiter;
    }
}
