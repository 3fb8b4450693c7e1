using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Caddy's access log, one JSON object a request (caddyserver.com/docs/logging). The duration is in seconds, or a text with a unit; a status of 0 is one that no handler set.
/// </summary>
static class CaddyFormat
{
    static readonly JsonShape Shape = new(
        new("ts", "ts", AnyTime, Timestamp, Meaning: "when the request ended") { IsRequired = true },
        new("request.client_ip", "client_ip", Column: ClientIp, Kind: ColumnSourceKind.FirstOf, Meaning: "the client's address, as trusted proxies tell it") { Otherwise = "remote_ip" },
        new("request.remote_ip", "remote_ip", Meaning: "the address of the connection"),
        new("request.remote_port", "remote_port", Meaning: "the port of the connection"),
        new("request.remote_addr", "remote_addr", Meaning: "address and port of the connection, before Caddy 2.5"),
        new("user_id", "user_id", Column: User, Meaning: "the authenticated user"),
        new("request.method", "method", Column: Method, Meaning: "the request's method") { IsRequired = true },
        new("request.uri", "uri", Kind: ColumnSourceKind.UrlPath, Meaning: "the request's target") { IsRequired = true },
        new("request.proto", "proto", Column: Protocol, Meaning: "the request's protocol") { IsRequired = true },
        new("request.host", "host", Column: Host, Kind: ColumnSourceKind.AddressWithoutPort, Meaning: "the host asked for"),
        new("status", "status", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status") { IsRequired = true },
        new("size", "size", Count, Bytes, Meaning: "bytes sent, without the header"),
        new("duration", "duration", Duration, DurationUs, Unit: DurationUnit.Seconds, Meaning: "how long the request took, in microseconds") { IsRequired = true },
        new("request.headers.Referer", "referer", FirstText, Referrer, Meaning: "the page that led here"),
        new("request.headers.User-Agent", "user_agent", FirstText, UserAgent, Meaning: "the client's own description of itself"),
        new("level", "severity", Column: Level, Kind: ColumnSourceKind.Severity, Meaning: "info, or error from status 500 on"),
        new("logger", "logger", Column: Logger, Meaning: "the logger"),
        new("msg", "msg", Column: Message, Meaning: "the text"),
        new("bytes_read", "bytes_read", Integer, Meaning: "bytes of the request's body"),
        new("request.tls.server_name", "tls_server_name", Meaning: "the name asked for in the handshake"),
        new("request.tls.proto", "tls_proto", Meaning: "the protocol agreed on in the handshake"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "caddy",
        "Caddy's access log, which is JSON",
        """{"level":"info","ts":1795341600.5579731,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"42892","client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"GET","host":"shop.example","uri":"/orders/17","headers":{"User-Agent":["curl/8"]}},"bytes_read":0,"user_id":"","duration":0.012,"size":512,"status":200,"resp_headers":{"Server":["Caddy"]}}""",
        input => Shape.Bind("caddy", input));
}
