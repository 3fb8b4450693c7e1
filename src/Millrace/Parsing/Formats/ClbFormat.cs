using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Access logs of Classic Load Balancers, as the Elastic Load Balancing user guide describes their fields. The oldest lines end with the request. Times are seconds, -1 where a request was not
/// dispatched; TCP listeners have no request and no statuses.
/// </summary>
static class ClbFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("time", IsoTime, Timestamp, Meaning: "when the request was received"),
            new LayoutPiece.Field("elb", Text, Meaning: "the load balancer"),
            new LayoutPiece.Field("client", Text, ClientIp, ColumnSourceKind.AddressWithoutPort, "the client's address and port"),
            new LayoutPiece.Field("backend", Text, Meaning: "the instance's address and port"),
            new LayoutPiece.Field("request_processing_time_us", Seconds, Meaning: "time until the request went to the instance, in microseconds"),
            new LayoutPiece.Field("backend_processing_time_us", Seconds, Meaning: "time until the instance began to answer, in microseconds"),
            new LayoutPiece.Field("response_processing_time_us", Seconds, Meaning: "time until the response went to the client, in microseconds"),
            new LayoutPiece.Field("elb_status_code", FieldSyntax.Status, EventColumn.Status, Meaning: "the load balancer's status"),
            new LayoutPiece.Field("backend_status_code", Integer, Meaning: "the instance's status, 0 where there is none"),
            new LayoutPiece.Field("received_bytes", Integer, Meaning: "the request's size in bytes"),
            new LayoutPiece.Field("sent_bytes", Integer, Bytes, Meaning: "the response's size in bytes"),
            new LayoutPiece.Field("request", LooseQuoted, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line, with the whole URL"),
            new LayoutPiece.Field("user_agent", LooseQuoted, UserAgent, Meaning: "the client's own description of itself"),
            new LayoutPiece.Field("ssl_cipher", Text, Meaning: "the TLS cipher"),
            new LayoutPiece.Field("ssl_protocol", Text, Meaning: "the TLS protocol"),
            new LayoutPiece.Sum(
                "processing_time_us",
                ["request_processing_time_us", "backend_processing_time_us", "response_processing_time_us"],
                DurationUs,
                "request, backend and response processing together, in microseconds; NULL where one of them is missing"),
        ],
        lastOfOldest: "request"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "clb",
        "access logs of AWS Classic Load Balancers",
        "2026-11-22T10:00:00.945958Z shop 192.0.2.131:2817 198.51.100.1:80 0.000073 0.001048 0.000057 200 200 0 29 \"GET http://shop.example.com:80/orders/7 HTTP/1.1\" \"curl/8.1\" - -",
        input => Layout.Value.BindUtc("clb", input, service: "field:elb", region: "file:*_elasticloadbalancing_{region}_*")
            .WithPiece(ClientIp, ColumnSourceKind.AddressWithoutPort, "client")
            .WithHost("request"));
}
