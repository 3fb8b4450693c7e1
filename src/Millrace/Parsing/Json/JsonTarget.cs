namespace Millrace.Parsing.Json;

/// <summary>Takes request lines and URLs apart where they stand in a JSON string, whose slashes may be written as <c>\/</c>.</summary>
static class JsonTarget
{
    /// <summary>True for a method and a target, with or without a protocol.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        return space > 1 && space < text.Length - 1 && !text[..space].ContainsAnyExceptInRange((byte)'A', (byte)'Z');
    }

    /// <summary>Takes a request line apart. The protocol is absent where the last word is none.</summary>
    public static (FieldValue Method, FieldValue Target, FieldValue Protocol) SplitRequest(ReadOnlySpan<byte> line, FieldValue request)
    {
        var text = line.Slice(request.Start, request.Length);
        var first = text.IndexOf((byte)' ');
        var last = text.LastIndexOf((byte)' ');
        var hasProtocol = last > first && text[(last + 1)..].StartsWith("HTTP"u8);
        var end = hasProtocol ? last : text.Length;
        return (
            FieldValue.Text(request.Start, first),
            Piece(line, request.Start + first + 1, end - first - 1),
            hasProtocol ? Piece(line, request.Start + last + 1, text.Length - last - 1) : default);
    }

    /// <summary>Takes a target or a URL apart. The host is absent where the URL is not absolute; its path is then what stands before the query.</summary>
    public static (FieldValue Path, FieldValue Query, FieldValue Host) SplitUrl(ReadOnlySpan<byte> line, FieldValue url)
    {
        var text = line.Slice(url.Start, url.Length);
        var authority = FindAuthority(text);
        var hostLength = authority == 0 ? 0 : text[authority..].IndexOfAny("/\\?#"u8);
        var pathStart = hostLength < 0 ? text.Length : authority + hostLength;
        var question = text[pathStart..].IndexOf((byte)'?');
        var pathEnd = question < 0 ? text.Length : pathStart + question;
        var host = authority == 0 ? default : Piece(line, url.Start + authority, pathStart - authority);
        var query = question < 0 ? default : Piece(line, url.Start + pathEnd + 1, text.Length - pathEnd - 1);

        // An absolute URL without a path means "/": the slash before its host serves as the text.
        var path = pathEnd > pathStart || authority == 0
            ? Piece(line, url.Start + pathStart, pathEnd - pathStart)
            : FieldValue.Text(url.Start + authority - 1, 1);
        return (path, query, host);
    }

    /// <summary>Where the host of an absolute URL begins; 0 where the URL is not absolute.</summary>
    static int FindAuthority(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
        if (colon < 1 || text[colon] != ':')
        {
            return 0;
        }

        var rest = text[(colon + 1)..];
        return rest.StartsWith("//"u8) ? colon + 3 : rest.StartsWith("\\/\\/"u8) ? colon + 5 : 0;
    }

    static FieldValue Piece(ReadOnlySpan<byte> line, int start, int length) => length == 0
        ? default
        : FieldValue.Text(start, length, line.Slice(start, length).Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
}
