using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Access logs of the TLS listeners of Network Load Balancers, as the Elastic Load Balancing user guide describes their fields: 22 of them, of which older lines lack the last five. Times are in UTC
/// without saying so; durations are milliseconds.
/// </summary>
static class NlbFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("type", Text, Meaning: "the listener's kind: tls"),
            new LayoutPiece.Field("version", Text, Meaning: "the version of the log entry"),
            new LayoutPiece.Field("time", IsoTime, Timestamp, Meaning: "when the connection ended"),
            new LayoutPiece.Field("elb", Text, Meaning: "the load balancer: net/NAME/ID"),
            new LayoutPiece.Field("listener", Text, Meaning: "the listener's id"),
            new LayoutPiece.Field("client", Text, ClientIp, ColumnSourceKind.AddressWithoutPort, "the client's address and port"),
            new LayoutPiece.Field("destination", Text, Meaning: "the listener's address and port"),
            new LayoutPiece.Field("connection_time", Milliseconds, DurationUs, Meaning: "how long the connection lasted, in microseconds"),
            new LayoutPiece.Field("tls_handshake_time_us", Milliseconds, Meaning: "how long the TLS handshake took, in microseconds"),
            new LayoutPiece.Field("received_bytes", Integer, Meaning: "bytes from the client, decrypted"),
            new LayoutPiece.Field("sent_bytes", Integer, Bytes, Meaning: "bytes to the client, before encryption"),
            new LayoutPiece.Field("incoming_tls_alert", Text, Meaning: "the TLS alert that the client sent"),
            new LayoutPiece.Field("chosen_cert_arn", Text, Meaning: "the certificate that was presented"),
            new LayoutPiece.Field("chosen_cert_serial", Text, Meaning: "reserved"),
            new LayoutPiece.Field("tls_cipher", Text, Meaning: "the TLS cipher"),
            new LayoutPiece.Field("tls_protocol_version", Text, Meaning: "the TLS protocol"),
            new LayoutPiece.Field("tls_named_group", Text, Meaning: "reserved"),
            new LayoutPiece.Field("domain_name", Text, Host, Meaning: "the name that the client asked for"),
            new LayoutPiece.Field("alpn_fe_protocol", Text, Meaning: "the protocol agreed with the client"),
            new LayoutPiece.Field("alpn_be_protocol", Text, Meaning: "the protocol agreed with the target"),
            new LayoutPiece.Field("alpn_client_preference_list", Text, Meaning: "the protocols that the client offered"),
            new LayoutPiece.Field("tls_connection_creation_time", IsoTime, Meaning: "when the connection began"),
        ],
        lastOfOldest: "tls_named_group"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "nlb",
        "access logs of AWS Network Load Balancers with TLS listeners",
        "tls 2.0 2026-11-22T10:00:00 net/shop/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.154:51341 198.51.100.185:443 5 2 98 246 - arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012 - ECDHE-RSA-AES128-SHA tlsv12 - shop.example.com h2 h2 \"h2\",\"http/1.1\" 2026-11-22T09:59:55",
        input => Layout.Value.BindUtc("nlb", input, region: "file:*_elasticloadbalancing_{region}_*")
            .WithPiece(ClientIp, ColumnSourceKind.AddressWithoutPort, "client")
            .WithPiece(Service, ColumnSourceKind.SlashedName, "elb")
            .WithPiece(Region, ColumnSourceKind.ArnRegion, "chosen_cert_arn"));
}
