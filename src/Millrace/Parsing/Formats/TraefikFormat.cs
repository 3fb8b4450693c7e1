using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Traefik's access log: its Common Log Format, which is the default and has four fields more than the combined one, and its JSON. Which one a file has shows from its
/// first byte. Durations in JSON are nanoseconds.
/// </summary>
static class TraefikFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => LineLayout.Compile(
    [
        .. NginxFormat.Pieces("$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" "),
        new LayoutPiece.Field("request_count", FieldSyntax.Integer, Meaning: "requests since Traefik started"),
        new LayoutPiece.Literal(" \""),
        new LayoutPiece.Field("router_name", FieldSyntax.Text, Meaning: "the router that took the request"),
        new LayoutPiece.Literal("\" \""),
        new LayoutPiece.Field("server_url", FieldSyntax.Text, Meaning: "the server that answered"),
        new LayoutPiece.Literal("\" "),
        new LayoutPiece.Field("duration", FieldSyntax.Milliseconds, DurationUs, Meaning: "how long the request took, in microseconds"),
        new LayoutPiece.Literal("ms"),
    ]));

    static readonly JsonShape Shape = new(
        new("time", "time", AnyTime, Timestamp, Meaning: "when the request ended"),
        new("ServiceName", "service_name", Column: Service, Meaning: "the service that answered"),
        new("ClientHost", "client_host", Column: ClientIp, Kind: ColumnSourceKind.AddressWithoutPort, Meaning: "the client's address, or those the request was forwarded for"),
        new("ClientUsername", "client_username", Column: User, Meaning: "the authenticated user"),
        new("RequestMethod", "request_method", Column: Method, Meaning: "the request's method") { IsRequired = true },
        new("RequestPath", "request_path", Kind: ColumnSourceKind.UrlPath, Meaning: "the request's target") { IsRequired = true },
        new("RequestProtocol", "request_protocol", Column: Protocol, Meaning: "the request's protocol"),
        new("RequestHost", "request_host", Column: Host, Meaning: "the host asked for"),
        new("DownstreamStatus", "downstream_status", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the status sent to the client") { IsRequired = true },
        new("DownstreamContentSize", "downstream_content_size", Count, Bytes, Meaning: "bytes sent, without the header"),
        new("Duration", "duration", Duration, DurationUs, Unit: DurationUnit.Nanoseconds, Meaning: "how long the request took, in microseconds") { IsRequired = true },
        new("request_Referer", "request_referer", Column: Referrer, Meaning: "the page that led here"),
        new("request_User-Agent", "request_user_agent", Column: UserAgent, Meaning: "the client's own description of itself"),
        new("level", "severity", Column: Level, Kind: ColumnSourceKind.Severity, Meaning: "the level as written"),
        new("msg", "msg", Column: Message, Meaning: "the text"),
        new("StartUTC", "start_utc", AnyTime, Meaning: "when the request began"),
        new("OriginDuration", "origin_duration_us", Duration, Unit: DurationUnit.Nanoseconds, Meaning: "how long the server took, in microseconds"),
        new("OriginStatus", "origin_status", Integer, Meaning: "the server's status"),
        new("OriginContentSize", "origin_content_size", Integer, Meaning: "bytes that the server sent"),
        new("Overhead", "overhead_us", Duration, Unit: DurationUnit.Nanoseconds, Meaning: "what Traefik took, in microseconds"),
        new("RequestScheme", "request_scheme", Meaning: "http or https"),
        new("RequestContentSize", "request_content_size", Integer, Meaning: "the request's length in bytes"),
        new("RequestCount", "request_count", Integer, Meaning: "requests since Traefik started"),
        new("RetryAttempts", "retry_attempts", Integer, Meaning: "how often the request was tried again"),
        new("RouterName", "router_name", Meaning: "the router that took the request"),
        new("ServiceAddr", "service_addr", Meaning: "the server that answered"),
        new("ServiceURL", "service_url", Any, Meaning: "the URL of that server"),
        new("entryPointName", "entry_point_name", Meaning: "the entry point"));

    static readonly ServiceRule Router = ServiceRule.Parse("field:router_name");

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "traefik",
        "Traefik's access log, in its Common Log Format or as JSON",
        "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /orders/17 HTTP/1.1\" 200 512 \"-\" \"curl/8\" 240 \"orders@docker\" \"http://10.0.0.8:80\" 12ms",
        input => JsonHead.IsJson(input) ? Shape.Bind("traefik", input) : Layout.Value.Bind("traefik", input, Router))
    {
        DependsOnHead = true,
    };
}
