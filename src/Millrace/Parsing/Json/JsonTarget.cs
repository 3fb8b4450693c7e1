namespace Millrace.Parsing.Json;

/// <summary>
/// Takes request lines and URLs apart as <see cref="RequestLine"/> does, where they stand in a JSON string: the parts are places in the line,
/// and a slash may be written as <c>\/</c>.
/// </summary>
static class JsonTarget
{
    /// <summary>True for a method and a target, with or without a protocol.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        return space > 1 && space < text.Length - 1 && !text[..space].ContainsAnyExceptInRange((byte)'A', (byte)'Z');
    }

    /// <summary>True for a path with nothing to take apart.</summary>
    public static bool IsPath(ReadOnlySpan<byte> text) => text[0] == '/' && !text.ContainsAny((byte)'?', (byte)'#', (byte)'\\');

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
            Piece(line, request.Start + first + 1, request.Start + end),
            hasProtocol ? Piece(line, request.Start + last + 1, request.Start + text.Length) : default);
    }

    /// <summary>Takes a target or a URL apart. The host, without user and port, is absent where the URL is not absolute.</summary>
    public static (FieldValue Path, FieldValue Query, FieldValue Host) SplitUrl(ReadOnlySpan<byte> line, FieldValue url)
    {
        var end = url.Start + url.Length;
        var authority = FindAuthority(line, url.Start, end);
        var pathStart = authority < 0 ? url.Start : EndAt(line, authority, end, "/\\?#"u8);
        var queryEnd = EndAt(line, pathStart, end, "#"u8);
        var pathEnd = EndAt(line, pathStart, queryEnd, "?"u8);
        var host = authority < 0 ? default : Host(line, authority, pathStart);
        var query = pathEnd == queryEnd ? default : Piece(line, pathEnd + 1, queryEnd);

        // An absolute URL without a path means "/": the slash before its host serves as the text.
        var path = pathEnd == pathStart && authority > 0 ? FieldValue.Text(authority - 1, 1) : Piece(line, pathStart, pathEnd);
        return (path, query, host);
    }

    /// <summary>Where the host of an absolute URL begins; -1 where the URL is not absolute.</summary>
    static int FindAuthority(ReadOnlySpan<byte> line, int start, int end)
    {
        var text = line[start..end];
        var colon = text.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
        if (colon < 1 || text[colon] != ':')
        {
            return -1;
        }

        var rest = text[(colon + 1)..];
        var slashes = rest.StartsWith("//"u8) ? 2 : rest.StartsWith("\\/\\/"u8) ? 4 : 0;
        return slashes == 0 ? -1 : start + colon + 1 + slashes;
    }

    static FieldValue Host(ReadOnlySpan<byte> line, int start, int end)
    {
        start += line[start..end].LastIndexOf((byte)'@') + 1;
        var bracket = JsonSyntax.ByteAt(line, start) == '[' ? line[start..end].IndexOf((byte)']') : -1;
        return Piece(line, start, bracket < 0 ? EndAt(line, start, end, ":"u8) : start + bracket + 1);
    }

    static int EndAt(ReadOnlySpan<byte> line, int start, int end, ReadOnlySpan<byte> marks)
    {
        var length = line[start..end].IndexOfAny(marks);
        return length < 0 ? end : start + length;
    }

    static FieldValue Piece(ReadOnlySpan<byte> line, int start, int end) => start == end
        ? default
        : FieldValue.Text(start, end - start, line[start..end].Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
}
