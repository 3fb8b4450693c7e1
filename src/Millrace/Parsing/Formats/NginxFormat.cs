using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Any nginx <c>log_format</c>, given as text: <c>--format 'nginx:$remote_addr - [$time_local] "$request" $status'</c>.
/// The variables and their units are those of nginx's ngx_http_log_module and ngx_http_upstream_module.
/// </summary>
static class NginxFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "nginx",
        "nginx with a log_format of your own, given after the colon",
        """nginx:$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $request_time""",
        input => Compile(input.Layout ?? throw NoLayout()).Bind("nginx", input))
    {
        CanBeDetected = false,
    };

    static readonly Dictionary<string, LayoutPiece.Field> Variables = new LayoutPiece.Field[]
    {
        new("remote_addr", Text, ClientIp, Meaning: "the client's address"),
        new("remote_user", Text, User, Meaning: "the user of basic authentication"),
        new("time_local", ClfTime, Timestamp, Meaning: "local time when the request ended"),
        new("time_iso8601", IsoTime, Timestamp, Meaning: "local time when the request ended"),
        new("msec", EpochTime, Timestamp, Meaning: "time when the request ended, in seconds since 1970"),
        new("request", Text, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line"),
        new("request_method", Text, Method, Meaning: "the request's method"),
        new("request_uri", Text, Kind: ColumnSourceKind.UrlPath, Meaning: "the request's target as it was sent"),
        new("uri", Text, EventColumn.Path, ColumnSourceKind.UrlPath, Meaning: "the request's target, normalised"),
        new("document_uri", Text, EventColumn.Path, ColumnSourceKind.UrlPath, Meaning: "the request's target, normalised"),
        new("args", Text, Query, Meaning: "the query"),
        new("query_string", Text, Query, Meaning: "the query"),
        new("server_protocol", Text, Protocol, Meaning: "the request's protocol"),
        new("status", FieldSyntax.Status, EventColumn.Status, Meaning: "the response's status"),
        new("body_bytes_sent", Integer, Bytes, Meaning: "bytes sent, without the header"),
        new("bytes_sent", Integer, Bytes, Meaning: "bytes sent, with the header"),
        new("request_length", Integer, Meaning: "the request's length in bytes"),
        new("request_time", Seconds, DurationUs, Meaning: "from the request's first byte to the response's last, in microseconds"),
        new("http_referer", Text, Referrer, Meaning: "the page that led here"),
        new("http_user_agent", Text, UserAgent, Meaning: "the client's own description of itself"),
        new("host", Text, Host, Meaning: "the host asked for"),
        new("http_host", Text, Host, Meaning: "the Host header"),
        new("server_name", Text, Host, Meaning: "the server block that answered"),
        new("request_id", Text, TraceId, Meaning: "nginx's id of the request"),
        new("http_x_request_id", Text, TraceId, Meaning: "the id the caller gave the request"),
        new("connection", Integer, Meaning: "the connection's serial number"),
        new("connection_requests", Integer, Meaning: "requests made on the connection so far"),
        new("upstream_response_time", SecondsList, Meaning: "time spent on the upstreams, in microseconds, summed over attempts"),
        new("upstream_connect_time", SecondsList, Meaning: "time spent connecting to the upstreams, in microseconds, summed over attempts"),
        new("upstream_header_time", SecondsList, Meaning: "time to the upstreams' first header, in microseconds, summed over attempts"),
        new("upstream_addr", List, Meaning: "the upstreams' addresses"),
        new("upstream_status", List, Meaning: "the upstreams' statuses"),
        new("upstream_cache_status", Text, Meaning: "MISS, HIT, BYPASS, EXPIRED, STALE, UPDATING or REVALIDATED"),
        new("upstream_response_length", List, Meaning: "the responses' lengths as the upstreams sent them, in bytes"),
        new("req_id", Text, TraceId, Meaning: "the ingress controller's id of the request"),
        new("http_x_forwarded_for", Text, Meaning: "the addresses the request was forwarded for"),
    }.ToDictionary(field => field.Name);

    static UserException NoLayout() => new("The format nginx needs a layout after a colon, such as --format 'nginx:$remote_addr [$time_local] \"$request\" $status'.", UserException.Usage);

    /// <summary>Reads a layout. Throws a <see cref="UserException"/> where it cannot be read unambiguously.</summary>
    internal static LineLayout Compile(string layout, bool allowsTail = false) => LineLayout.Compile(Pieces(layout), allowsTail);

    /// <summary>The literals and variables of a layout.</summary>
    internal static List<LayoutPiece> Pieces(string layout)
    {
        var pieces = new List<LayoutPiece>();
        for (var i = 0; i < layout.Length;)
        {
            if (layout[i] != '$')
            {
                pieces.Add(new LayoutPiece.Literal(layout[i++].ToString()));
                continue;
            }

            var (name, end) = ReadVariable(layout, i);
            pieces.Add(Variable(name));
            i = end;
        }

        return pieces;
    }

    /// <summary>A variable as a field; one without a meaning of its own is text.</summary>
    internal static LayoutPiece.Field Variable(string name) =>
        Variables.GetValueOrDefault(name) is { } known ? Renamed(known) : new LayoutPiece.Field(name, Text, Meaning: $"${name}");

    static (string Name, int End) ReadVariable(string layout, int dollar)
    {
        var isBraced = dollar + 1 < layout.Length && layout[dollar + 1] == '{';
        var start = dollar + (isBraced ? 2 : 1);
        var end = start;
        while (end < layout.Length && (char.IsAsciiLetterOrDigit(layout[end]) || layout[end] == '_'))
        {
            end++;
        }

        if (end == start || (isBraced && (end == layout.Length || layout[end] != '}')))
        {
            throw new UserException($"The nginx layout has a '$' at position {dollar + 1} without a variable's name. Expected something like $remote_addr or ${{remote_addr}}.", UserException.Usage);
        }

        return (layout[start..end], isBraced ? end + 1 : end);
    }

    /// <summary>Columns of durations say their unit.</summary>
    static LayoutPiece.Field Renamed(LayoutPiece.Field field) =>
        field.Syntax == SecondsList ? field with { Name = field.Name.Replace("_time", "_duration_us", StringComparison.Ordinal) } : field;
}
