namespace Millrace.Parsing;

/// <summary>
/// The parts of a request line, <c>GET /orders?id=1 HTTP/1.1</c>, as slices of it. A text that is no request line (TLS garbage, an empty
/// request) has no parts; a line without a protocol has an empty one, and a dash in the place of a part is none.
/// </summary>
readonly ref struct RequestLine
{
    const int LongestMethod = 24;

    RequestLine(int targetStart, ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ReadOnlySpan<byte> protocol)
    {
        TargetStart = targetStart;
        Method = method;
        Target = target;
        Protocol = protocol;
    }

    /// <summary>Where the target begins in the text.</summary>
    public int TargetStart { get; }

    public ReadOnlySpan<byte> Method { get; }

    public ReadOnlySpan<byte> Target { get; }

    public ReadOnlySpan<byte> Protocol { get; }

    /// <summary>Takes a request line apart.</summary>
    public static RequestLine Split(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        if (space <= 0 || space > LongestMethod || !IsMethod(text[..space]))
        {
            return default;
        }

        var rest = text[(space + 1)..];
        if (text[0] == '-' && space == 1)
        {
            return WithoutMethod(rest);
        }

        var last = rest.LastIndexOf((byte)' ');
        var protocol = last < 0 ? default : rest[(last + 1)..];
        return IsProtocol(protocol) ? new(space + 1, text[..space], rest[..last], protocol) : new(space + 1, text[..space], rest, default);
    }

    /// <summary>What balancers write of a request that never was one: <c>- http://host:80- -</c>, <c>- - HTTP/1.0</c>, <c>- - - </c>.</summary>
    static RequestLine WithoutMethod(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimEnd((byte)' ');
        var last = rest.LastIndexOf((byte)' ');
        var target = last < 0 ? rest : rest[..last];
        var protocol = last < 0 ? default : rest[(last + 1)..];
        return new(2, default, target.SequenceEqual("-"u8) ? default : target, IsProtocol(protocol) ? protocol : default);
    }

    /// <summary>The path of a request target or an absolute URL.</summary>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> target)
    {
        var local = WithoutAuthority(target);
        var end = local.IndexOfAny((byte)'?', (byte)'#');
        local = end < 0 ? local : local[..end];
        return local.IsEmpty && !target.IsEmpty ? "/"u8 : local;
    }

    /// <summary>The query of a request target or an absolute URL; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Query(ReadOnlySpan<byte> target)
    {
        var mark = target.IndexOfAny((byte)'?', (byte)'#');
        if (mark < 0 || target[mark] == '#')
        {
            return default;
        }

        var query = target[(mark + 1)..];
        var hash = query.IndexOf((byte)'#');
        return hash < 0 ? query : query[..hash];
    }

    /// <summary>The host of an absolute URL, without user and port; empty where the target is a path.</summary>
    public static ReadOnlySpan<byte> Host(ReadOnlySpan<byte> target)
    {
        var start = AuthorityStart(target);
        if (start < 0)
        {
            return default;
        }

        var authority = target[start..^WithoutAuthority(target).Length];
        authority = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        if (authority.Length > 0 && authority[0] == '[')
        {
            return authority[..(authority.IndexOf((byte)']') + 1)];
        }

        var colon = authority.IndexOf((byte)':');
        return colon < 0 ? authority : authority[..colon];
    }

    static ReadOnlySpan<byte> WithoutAuthority(ReadOnlySpan<byte> target)
    {
        var start = AuthorityStart(target);
        if (start < 0)
        {
            return target;
        }

        var slash = target[start..].IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        return slash < 0 ? default : target[(start + slash)..];
    }

    static int AuthorityStart(ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty || target[0] == '/')
        {
            return -1;
        }

        var colon = target.IndexOf("://"u8);
        return colon is > 0 and < 12 && target[..colon].IndexOfAnyExceptInRange((byte)'a', (byte)'z') < 0 ? colon + 3 : -1;
    }

    static bool IsMethod(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!char.IsAsciiLetter((char)b) && b != '-' && b != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Letters, a slash, a digit: HTTP/1.1, RTSP/1.0.</summary>
    static bool IsProtocol(ReadOnlySpan<byte> text)
    {
        var slash = text.IndexOf((byte)'/');
        return slash is > 0 and < 8 && slash + 1 < text.Length && char.IsAsciiDigit((char)text[slash + 1])
            && text[..slash].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;
    }
}
