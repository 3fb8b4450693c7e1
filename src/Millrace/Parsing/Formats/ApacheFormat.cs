using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Any Apache <c>LogFormat</c>, given as text: <c>--format 'apache:%h %l %u %t "%r" %&gt;s %b %D'</c>.
/// The directives and their units are those of Apache's mod_log_config: <c>%D</c> microseconds, <c>%T</c> seconds unless it says otherwise.
/// </summary>
static class ApacheFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "apache",
        "Apache with a LogFormat of your own, given after the colon",
        """apache:%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D""",
        input => Compile(input.Layout ?? throw NoLayout()).Bind("apache", input))
    {
        CanBeDetected = false,
    };

    static UserException NoLayout() => new("The format apache needs a layout after a colon, such as --format 'apache:%h %t \"%r\" %>s'.", UserException.Usage);

    /// <summary>Reads a layout. Throws a <see cref="UserException"/> where it cannot be read unambiguously.</summary>
    internal static LineLayout Compile(string layout, bool allowsTail = false)
    {
        var text = layout.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        var pieces = new List<LayoutPiece>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '%')
            {
                pieces.Add(new LayoutPiece.Literal(text[i++].ToString()));
            }
            else if (i + 1 < text.Length && text[i + 1] == '%')
            {
                pieces.Add(new LayoutPiece.Literal("%"));
                i += 2;
            }
            else
            {
                i = AddDirective(pieces, text, i);
            }
        }

        return LineLayout.Compile(pieces, allowsTail);
    }

    /// <summary>Reads <c>%[modifiers][{argument}]letter</c>; modifiers (<c>!</c>, <c>&lt;</c>, <c>&gt;</c>, statuses) choose when and what, not how it is written.</summary>
    static int AddDirective(List<LayoutPiece> pieces, string text, int percent)
    {
        var i = percent + 1;
        while (i < text.Length && (text[i] is '!' or '<' or '>' or ',' || char.IsAsciiDigit(text[i])))
        {
            i++;
        }

        var argument = "";
        if (i < text.Length && text[i] == '{' && text.IndexOf('}', i) is var close and > 0)
        {
            argument = text[(i + 1)..close];
            i = close + 1;
        }

        // Multi-letter directives begin with ^ (%^FB, %^ti).
        var letters = i < text.Length && text[i] == '^' ? Math.Min(3, text.Length - i) : Math.Min(1, text.Length - i);
        if (letters == 0)
        {
            throw new UserException($"The Apache layout has a '%' at position {percent + 1} without a directive. Expected something like %h or %{{Referer}}i; a percent sign itself is %%.", UserException.Usage);
        }

        var directive = text.Substring(i, letters);
        if (directive == "t")
        {
            AddTime(pieces, argument);
        }
        else if (directive == "q" && pieces is [.., LayoutPiece.Field { Name: "url" } url])
        {
            // %U%q is a target as it was asked for: the query brings its own question mark.
            pieces[^1] = url with { Column = null, Meaning = "the request's target" };
        }
        else
        {
            pieces.Add(Field(directive, argument));
        }

        return i + letters;
    }

    /// <summary><c>%t</c> brings its own brackets; <c>%{format}t</c> does not.</summary>
    static void AddTime(List<LayoutPiece> pieces, string argument)
    {
        var format = argument.StartsWith("begin:", StringComparison.Ordinal) ? argument[6..] : argument.StartsWith("end:", StringComparison.Ordinal) ? argument[4..] : argument;
        var syntax = format switch
        {
            "" => ClfTime,
            "sec" or "msec" or "usec" => EpochTime,
            _ => AnyTime,
        };
        var field = new LayoutPiece.Field("time", syntax, Timestamp, Meaning: "when the request was received");
        if (argument.Length == 0)
        {
            pieces.AddRange([new LayoutPiece.Literal("["), field, new LayoutPiece.Literal("]")]);
        }
        else
        {
            pieces.Add(field);
        }
    }

    static LayoutPiece.Field Field(string directive, string argument) => directive switch
    {
        "h" => new("remote_host", Text, ClientIp, Meaning: "the client's address or name"),
        "a" => new("remote_addr", Text, ClientIp, Meaning: "the client's address"),
        "l" => new("ident", Text, Meaning: "the client's identd name"),
        "u" => new("remote_user", Text, User, Meaning: "the authenticated user"),
        "r" => new("request", Text, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line"),
        "s" => new("status", FieldSyntax.Status, EventColumn.Status, Meaning: "the response's status"),
        "b" or "B" => new("body_bytes_sent", Integer, Bytes, Meaning: "bytes sent, without the header"),
        "O" => new("bytes_sent", Integer, Bytes, Meaning: "bytes sent, with the header"),
        "I" => new("bytes_received", Integer, Meaning: "bytes received, with the header"),
        "S" => new("bytes_transferred", Integer, Meaning: "bytes received and sent"),
        "D" => new("duration_us", Microseconds, DurationUs, Meaning: "time taken, in microseconds"),
        "T" => new("duration", argument switch { "ms" => Milliseconds, "us" => Microseconds, _ => Seconds }, DurationUs, Meaning: "time taken, in microseconds"),
        "v" or "V" => new("server_name", Text, Host, Meaning: "the server's name"),
        "p" => new("port", Integer, Meaning: "the server's port"),
        "A" => new("local_addr", Text, Meaning: "the server's address"),
        "m" => new("method", Text, Method, Meaning: "the request's method"),
        "U" => new("url", Text, EventColumn.Path, ColumnSourceKind.UrlPath, Meaning: "the request's path"),
        "q" => new("query", Text, Query, ColumnSourceKind.UrlQuery, Meaning: "the query, with its question mark"),
        "H" => new("protocol", Text, Protocol, Meaning: "the request's protocol"),
        "P" => new("pid", Integer, Meaning: "the process that answered"),
        "k" => new("keepalive_requests", Integer, Meaning: "requests on this connection before"),
        "X" => new("connection_status", Text, Meaning: "X aborted, + kept alive, - closed"),
        "L" => new("log_id", Text, Meaning: "the id that the error log names"),
        "f" => new("filename", Text, Meaning: "the file served"),
        "R" => new("handler", Text, Meaning: "the handler that answered"),
        "i" => Header(argument),
        "o" or "e" or "n" or "C" or "^ti" or "^to" => new(ColumnName(argument), Text, Meaning: $"%{{{argument}}}{directive}"),
        _ => throw new UserException($"The Apache directive '%{directive}' is not known. See mod_log_config for those that are.", UserException.Usage),
    };

    static LayoutPiece.Field Header(string name) => name.ToLowerInvariant() switch
    {
        "referer" => new("referer", Text, Referrer, Meaning: "the page that led here"),
        "user-agent" => new("user_agent", Text, UserAgent, Meaning: "the client's own description of itself"),
        "host" => new("host_header", Text, Host, Meaning: "the Host header"),
        "x-request-id" or "traceparent" => new(ColumnName(name), Text, TraceId, Meaning: $"the {name} header"),
        _ => new(ColumnName(name), Text, Meaning: $"the {name} header"),
    };

    static string ColumnName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
}
