using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Access logs of Application Load Balancers, as the Elastic Load Balancing user guide describes their fields: 29 since 2020, with the connection's id and the transforms of host and URL behind
/// them since; older lines end with the creation time or later. Times are seconds, -1 where a request was not dispatched.
/// </summary>
static class AlbFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("type", Text, Meaning: "http, https, h2, grpcs, ws or wss"),
            new LayoutPiece.Field("time", IsoTime, Timestamp, Meaning: "when the response was generated"),
            new LayoutPiece.Field("elb", Text, Meaning: "the load balancer: app/NAME/ID"),
            new LayoutPiece.Field("client", Text, ClientIp, ColumnSourceKind.AddressWithoutPort, "the client's address and port"),
            new LayoutPiece.Field("target", Text, Meaning: "the target's address and port"),
            new LayoutPiece.Field("request_processing_time_us", Seconds, Meaning: "time until the request went to the target, in microseconds"),
            new LayoutPiece.Field("target_processing_time_us", Seconds, Meaning: "time until the target began to answer, in microseconds"),
            new LayoutPiece.Field("response_processing_time_us", Seconds, Meaning: "time until the response went to the client, in microseconds"),
            new LayoutPiece.Field("elb_status_code", FieldSyntax.Status, EventColumn.Status, Meaning: "the load balancer's status"),
            new LayoutPiece.Field("target_status_code", FieldSyntax.Status, Meaning: "the target's status"),
            new LayoutPiece.Field("received_bytes", Integer, Meaning: "the request's size in bytes"),
            new LayoutPiece.Field("sent_bytes", Integer, Bytes, Meaning: "the response's size in bytes"),
            new LayoutPiece.Field("request", LooseQuoted, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line, with the whole URL"),
            new LayoutPiece.Field("user_agent", LooseQuoted, UserAgent, Meaning: "the client's own description of itself"),
            new LayoutPiece.Field("ssl_cipher", Text, Meaning: "the TLS cipher"),
            new LayoutPiece.Field("ssl_protocol", Text, Meaning: "the TLS protocol"),
            new LayoutPiece.Field("target_group_arn", Text, Meaning: "the ARN of the target group"),
            new LayoutPiece.Field("trace_id", LooseQuoted, TraceId, Meaning: "the X-Amzn-Trace-Id header"),
            new LayoutPiece.Field("domain_name", LooseQuoted, Meaning: "the name that the client asked for in the TLS handshake"),
            new LayoutPiece.Field("chosen_cert_arn", LooseQuoted, Meaning: "the certificate that was presented, or session-reused"),
            new LayoutPiece.Field("matched_rule_priority", SignedInteger, Meaning: "the rule that matched: 0 for the default, -1 where none could be told"),
            new LayoutPiece.Field("request_creation_time", IsoTime, Meaning: "when the request was received"),
            new LayoutPiece.Field("actions_executed", LooseQuoted, Meaning: "what was done with the request: forward, redirect, waf …"),
            new LayoutPiece.Field("redirect_url", LooseQuoted, Meaning: "where a redirect led"),
            new LayoutPiece.Field("error_reason", LooseQuoted, Meaning: "why the request failed"),
            new LayoutPiece.Field("target_port_list", LooseQuoted, Meaning: "the targets that were tried"),
            new LayoutPiece.Field("target_status_code_list", LooseQuoted, Meaning: "their statuses"),
            new LayoutPiece.Field("classification", LooseQuoted, Meaning: "desync mitigation: Acceptable, Ambiguous or Severe"),
            new LayoutPiece.Field("classification_reason", LooseQuoted, Meaning: "why it was classified so"),
            new LayoutPiece.Field("conn_trace_id", Text, Meaning: "the connection's id, as in the connection log"),
            new LayoutPiece.Field("transformed_host", LooseQuoted, Meaning: "the host after transforms"),
            new LayoutPiece.Field("transformed_uri", LooseQuoted, Meaning: "the URI after transforms"),
            new LayoutPiece.Field("request_transform_status", LooseQuoted, Meaning: "how the transforms went"),
            new LayoutPiece.Sum(
                "processing_time_us",
                ["request_processing_time_us", "target_processing_time_us", "response_processing_time_us"],
                DurationUs,
                "request, target and response processing together, in microseconds; NULL where one of them is missing"),
        ],
        lastOfOldest: "matched_rule_priority"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "alb",
        "access logs of AWS Application Load Balancers, of any age",
        "https 2026-11-22T10:00:00.186641Z app/shop/50dc6c495c0c9188 192.0.2.131:2817 198.51.100.1:80 0.001 0.048 0.000 200 200 120 5316 \"GET https://shop.example.com:443/orders/7?full=1 HTTP/1.1\" \"curl/8.1\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders/73e2d6bc24d8a067 \"Root=1-58337281-1d84f3d73c47ec4e58577259\" \"shop.example.com\" \"arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012\" 1 2026-11-22T10:00:00.137000Z \"waf,forward\" \"-\" \"-\" \"198.51.100.1:80\" \"200\" \"-\" \"-\" TID_dc57cebed65b444ebc8177bb698fe166",
        input => Layout.Value.BindUtc("alb", input, region: "file:*_elasticloadbalancing_{region}_*")
            .WithPiece(ClientIp, ColumnSourceKind.AddressWithoutPort, "client")
            .WithPiece(Service, ColumnSourceKind.SlashedName, "target_group_arn", "elb")
            .WithPiece(Region, ColumnSourceKind.ArnRegion, "target_group_arn")
            .WithHost("request"));
}
