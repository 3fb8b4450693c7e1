using Millrace.Events;
using Millrace.Parsing.Json;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>The JSON that Fastly's documents propose for logs streamed to storage. Fastly's own default is the Common Log Format, <c>common</c>.</summary>
static class FastlyFormat
{
    static readonly JsonShape Shape = new(
        new("timestamp", "timestamp", AnyTime, Timestamp, Meaning: "when the request began"),
        new("client_ip", "client_ip", Column: ClientIp, Meaning: "the client's address"),
        new("request_method", "request_method", Column: Method, Meaning: "the request's method") { IsRequired = true },
        new("url", "url", Kind: ColumnSourceKind.UrlPath, Meaning: "the request's target") { IsRequired = true },
        new("request_protocol", "request_protocol", Column: Protocol, Meaning: "the request's protocol"),
        new("response_status", "response_status", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status") { IsRequired = true },
        new("response_body_size", "response_body_size", Count, Bytes, Meaning: "bytes sent, without the header"),
        new("request_referer", "request_referer", Column: Referrer, Meaning: "the page that led here"),
        new("request_user_agent", "request_user_agent", Column: UserAgent, Meaning: "the client's own description of itself"),
        new("host", "host", Column: Host, Meaning: "the host asked for"),
        new("fastly_server", "fastly_server", Meaning: "the cache that answered") { IsRequired = true },
        new("fastly_is_edge", "fastly_is_edge", JsonFieldSyntax.Boolean, Meaning: "whether it is at the edge"),
        new("geo_country", "geo_country", Meaning: "the client's country"),
        new("geo_city", "geo_city", Meaning: "the client's city"),
        new("response_state", "response_state", Meaning: "what the cache did, such as HIT"),
        new("response_reason", "response_reason", Meaning: "the status in words"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "fastly",
        "Fastly, as the JSON that its documents propose",
        """{"timestamp":"2026-11-22T10:00:00+0000","client_ip":"203.0.113.7","geo_country":"france","geo_city":"paris","host":"shop.example","url":"/orders/17","request_method":"GET","request_protocol":"HTTP/2","request_referer":"","request_user_agent":"curl/8","response_state":"MISS","response_status":200,"response_reason":"OK","response_body_size":512,"fastly_server":"cache-cdg20764-CDG","fastly_is_edge":true}""",
        input => Shape.Bind("fastly", input));
}
