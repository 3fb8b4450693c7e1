namespace Millrace.Parsing.Syslog;

/// <summary>The parameters in an element of structured data: <c> name="value" other="…"</c>, where <c>\"</c>, <c>\\</c> and <c>\]</c> stand for themselves (RFC 5424, section 6.3.3). Some write a space before the quote.</summary>
static class SyslogParameters
{
    /// <summary>Takes the next parameter; false, with the place left alone, where none stands there.</summary>
    public static bool TryTake(ReadOnlySpan<byte> text, ref int at, out Range name, out Range value)
    {
        (name, value) = (default, default);
        var start = at;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var length = text[start..].IndexOfAny("= ]\""u8);
        var quote = start + length + 1;
        while (quote < text.Length && text[quote] == ' ')
        {
            quote++;
        }

        if (start == at || length <= 0 || text[start + length] != '=' || quote >= text.Length || text[quote] != '"')
        {
            return false;
        }

        var end = quote + 1;
        while (end < text.Length && text[end] != '"')
        {
            var step = text[end..].IndexOfAny((byte)'"', (byte)'\\');
            end = step < 0 ? text.Length : text[end + step] == '\\' ? end + step + 2 : end + step;
        }

        if (end >= text.Length)
        {
            return false;
        }

        (name, value) = (start..(start + length), (quote + 1)..end);
        at = end + 1;
        return true;
    }
}
