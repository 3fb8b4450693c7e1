using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Envoy's access log: its default text, Istio's default text, and the JSON of Envoy Gateway and of Istio. Which one a file has shows from its head. Durations are
/// milliseconds; a status of 0 means that no response was sent.
/// </summary>
static class EnvoyFormat
{
    static readonly LayoutPiece[] Start =
    [
        new LayoutPiece.Literal("["),
        new LayoutPiece.Field("start_time", FieldSyntax.IsoTime, Timestamp, Meaning: "when the request began"),
        new LayoutPiece.Literal("] \""),
        new LayoutPiece.Field("request", FieldSyntax.Text, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line"),
        new LayoutPiece.Literal("\" "),
        new LayoutPiece.Field("response_code", FieldSyntax.Integer, EventColumn.Status, Meaning: "the response's status, 0 where there was none"),
        new LayoutPiece.Literal(" "),
        new LayoutPiece.Field("response_flags", FieldSyntax.Text, Meaning: "what went wrong with the response or the connection"),
    ];

    static readonly LayoutPiece[] Middle =
    [
        new LayoutPiece.Literal(" "),
        new LayoutPiece.Field("bytes_received", FieldSyntax.Integer, Meaning: "bytes of the request's body"),
        new LayoutPiece.Literal(" "),
        new LayoutPiece.Field("bytes_sent", FieldSyntax.Integer, Bytes, Meaning: "bytes of the response's body"),
        new LayoutPiece.Literal(" "),
        new LayoutPiece.Field("duration", FieldSyntax.Milliseconds, DurationUs, Meaning: "how long the request took, in microseconds"),
        new LayoutPiece.Literal(" "),
        new LayoutPiece.Field("upstream_service_time", FieldSyntax.Milliseconds, Meaning: "how long the upstream took, in microseconds"),
        new LayoutPiece.Literal(" \""),
        new LayoutPiece.Field("x_forwarded_for", FieldSyntax.Text, ClientIp, ColumnSourceKind.AddressWithoutPort, "the addresses the request was forwarded for, the client's first"),
        new LayoutPiece.Literal("\" \""),
        new LayoutPiece.Field("user_agent", FieldSyntax.Text, UserAgent, Meaning: "the client's own description of itself"),
        new LayoutPiece.Literal("\" \""),
        new LayoutPiece.Field("x_request_id", FieldSyntax.Text, TraceId, Meaning: "the request's id"),
        new LayoutPiece.Literal("\" \""),
        new LayoutPiece.Field("authority", FieldSyntax.Text, Host, ColumnSourceKind.AddressWithoutPort, "the host asked for"),
        new LayoutPiece.Literal("\" \""),
        new LayoutPiece.Field("upstream_host", FieldSyntax.Text, Meaning: "the upstream's address"),
        new LayoutPiece.Literal("\""),
    ];

    static readonly Lazy<LayoutChoice> Layouts = new(() => new LayoutChoice(
        [
            LineLayout.Compile([.. Start, .. Middle]),
            LineLayout.Compile([
                .. Start,
                .. NginxFormat.Pieces(" $response_code_details $connection_termination_details \"$upstream_transport_failure_reason\""),
                .. Middle,
                .. NginxFormat.Pieces(" $upstream_cluster $upstream_local_address $downstream_local_address $downstream_remote_address $requested_server_name $route_name"),
            ]),
        ],
        CheckStatus));

    static readonly JsonShape Gateway = ShapeOf("x-envoy-origin-path", ":authority", "user-agent", "x-request-id", "x-forwarded-for", "x-envoy-upstream-service-time");
    static readonly JsonShape Istio = ShapeOf("path", "authority", "user_agent", "request_id", "x_forwarded_for", "upstream_service_time");

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "envoy",
        "Envoy's access log, also Istio's and Envoy Gateway's, as text or JSON",
        "[2026-11-22T10:00:00.123Z] \"GET /orders/17 HTTP/2\" 200 - 0 512 12 11 \"203.0.113.7\" \"curl/8\" \"6c7e5e54-2f36-4d5e-9f52-3f7b1b9a6f10\" \"shop.example\" \"10.0.0.8:8080\"",
        Bind)
    {
        DependsOnHead = true,
    };

    static FormatBinding Bind(FormatInput input) => !JsonHead.IsJson(input)
        ? Layouts.Value.Bind("envoy", input)
        : (input.Head.Span.IndexOf("\"x-envoy-origin-path\""u8) >= 0 ? Gateway : Istio).Bind("envoy", input);

    static JsonShape ShapeOf(string path, string authority, string userAgent, string requestId, string forwardedFor, string upstreamTime) => new(
        new("start_time", "start_time", AnyTime, Timestamp, Meaning: "when the request began") { IsRequired = true },
        new("downstream_remote_address", "downstream_remote_address", Column: ClientIp, Kind: ColumnSourceKind.AddressWithoutPort, Meaning: "the client's address and port"),
        new("method", "method", Column: Method, Meaning: "the request's method"),
        new(path, "path", Kind: ColumnSourceKind.UrlPath, Meaning: "the request's target") { IsRequired = true },
        new("protocol", "protocol", Column: Protocol, Meaning: "the request's protocol"),
        new("response_code", "response_code", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status, 0 where there was none") { IsRequired = true },
        new("response_flags", "response_flags", Meaning: "what went wrong with the response or the connection") { IsRequired = true },
        new("bytes_sent", "bytes_sent", Count, Bytes, Meaning: "bytes of the response's body"),
        new("duration", "duration", Duration, DurationUs, Unit: DurationUnit.Milliseconds, Meaning: "how long the request took, in microseconds"),
        new(userAgent, "user_agent", Column: UserAgent, Meaning: "the client's own description of itself"),
        new(authority, "authority", Column: Host, Kind: ColumnSourceKind.AddressWithoutPort, Meaning: "the host asked for"),
        new(requestId, "x_request_id", Column: TraceId, Meaning: "the request's id"),
        new("bytes_received", "bytes_received", Integer, Meaning: "bytes of the request's body"),
        new(upstreamTime, "upstream_service_time", Duration, Unit: DurationUnit.Milliseconds, Meaning: "how long the upstream took, in microseconds"),
        new(forwardedFor, "x_forwarded_for", Meaning: "the addresses the request was forwarded for"),
        new("upstream_host", "upstream_host", Meaning: "the upstream's address"),
        new("upstream_cluster", "upstream_cluster", Meaning: "the upstream's cluster"),
        new("upstream_local_address", "upstream_local_address", Meaning: "Envoy's address towards the upstream"),
        new("downstream_local_address", "downstream_local_address", Meaning: "Envoy's address towards the client"),
        new("requested_server_name", "requested_server_name", Meaning: "the name asked for in the handshake"),
        new("route_name", "route_name", Meaning: "the route"),
        new("response_code_details", "response_code_details", Meaning: "who set the status, and why"),
        new("connection_termination_details", "connection_termination_details", Meaning: "why the connection was ended"),
        new("upstream_transport_failure_reason", "upstream_transport_failure_reason", Meaning: "why the upstream's connection failed"));

    static string? CheckStatus(ReadOnlySpan<byte> line, ReadOnlySpan<FieldValue> values) => values[2].Number > 999 ? "response_code is not a status" : null;
}
