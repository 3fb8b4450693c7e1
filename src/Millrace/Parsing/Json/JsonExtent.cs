using System.Buffers;

namespace Millrace.Parsing.Json;

/// <summary>Where objects, arrays and members end, without a look at whether they are well-formed: whoever takes them apart finds out.</summary>
static class JsonExtent
{
    static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    static readonly SearchValues<byte> EndOfPlain = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>The place behind the value that begins at a place; -1 where it is not closed.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> text, int at)
    {
        switch (JsonSyntax.ByteAt(text, at))
        {
            case (byte)'"':
                return EndOfString(text, at);
            case (byte)'{' or (byte)'[':
                return EndOfNested(text, at);
            default:
                var length = at < text.Length ? text[at..].IndexOfAny(EndOfPlain) : -1;
                return length > 0 ? at + length : -1;
        }
    }

    /// <summary>The place behind the string that begins at a place; -1 where it is not closed.</summary>
    public static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (at < text.Length)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }

        return -1;
    }

    /// <summary>Takes the next member of an object: its key, without quotes, and its value. False at the object's end and where no member stands.</summary>
    /// <param name="text">The line.</param>
    /// <param name="at">The place behind the opening brace or the member before; moved behind the member.</param>
    /// <param name="key">Where the key stands.</param>
    /// <param name="value">Where the value stands.</param>
    public static bool TryTakeMember(ReadOnlySpan<byte> text, ref int at, out Range key, out Range value)
    {
        (key, value) = (default, default);
        if (!TryTakeKey(text, ref at, out key))
        {
            return false;
        }

        var end = EndOfValue(text, at);
        value = at..Math.Max(at, end);
        at = end;
        return end >= 0;
    }

    /// <summary>Takes the next key of an object and its colon, so that the place is that of the value.</summary>
    public static bool TryTakeKey(ReadOnlySpan<byte> text, ref int at, out Range key)
    {
        key = default;
        var start = JsonSyntax.SkipSpace(text, at);
        start = JsonSyntax.ByteAt(text, start) == ',' ? JsonSyntax.SkipSpace(text, start + 1) : start;
        var end = JsonSyntax.ByteAt(text, start) == '"' ? EndOfString(text, start) : -1;
        var colon = end < 0 ? -1 : JsonSyntax.SkipSpace(text, end);
        if (colon < 0 || JsonSyntax.ByteAt(text, colon) != ':')
        {
            return false;
        }

        key = (start + 1)..(end - 1);
        at = JsonSyntax.SkipSpace(text, colon + 1);
        return true;
    }

    static int EndOfNested(ReadOnlySpan<byte> text, int at)
    {
        var depth = 0;
        while (at < text.Length && text[at..].IndexOfAny(Structure) is var next and >= 0)
        {
            at += next;
            switch (text[at])
            {
                case (byte)'"':
                    at = EndOfString(text, at);
                    if (at < 0)
                    {
                        return -1;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                default:
                    depth--;
                    at++;
                    if (depth == 0)
                    {
                        return at;
                    }

                    break;
            }
        }

        return -1;
    }
}
