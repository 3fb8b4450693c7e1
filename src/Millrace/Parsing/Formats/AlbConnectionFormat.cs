using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Connection logs of Application Load Balancers (<c>conn_log…</c>), as the Elastic Load Balancing user guide describes their fields. The load balancer's name stands in the file's name alone.
/// </summary>
static class AlbConnectionFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("timestamp", IsoTime, Timestamp, Meaning: "when the connection was made, or failed to be"),
            new LayoutPiece.Field("client_ip", Text, ClientIp, Meaning: "the client's address"),
            new LayoutPiece.Field("client_port", Integer, Meaning: "the client's port"),
            new LayoutPiece.Field("listener_port", Integer, Meaning: "the listener's port"),
            new LayoutPiece.Field("tls_protocol", Text, Meaning: "the TLS protocol"),
            new LayoutPiece.Field("tls_cipher", Text, Meaning: "the TLS cipher"),
            new LayoutPiece.Field("tls_handshake_latency", Seconds, DurationUs, Meaning: "how long the TLS handshake took, in microseconds"),
            new LayoutPiece.Field("leaf_client_cert_subject", LooseQuoted, Meaning: "whom the client's certificate names"),
            new LayoutPiece.Field("leaf_client_cert_validity", Text, Meaning: "NotBefore=…;NotAfter=… of the client's certificate"),
            new LayoutPiece.Field("leaf_client_cert_serial_number", Text, Meaning: "the serial number of the client's certificate"),
            new LayoutPiece.Field("tls_verify_status", Text, Meaning: "Success, or Failed: and a reason"),
            new LayoutPiece.Field("conn_trace_id", Text, TraceId, Meaning: "the connection's id, as in the access log"),
            new LayoutPiece.Field("tls_keyexchange", Text, Meaning: "how keys were exchanged"),
        ],
        lastOfOldest: "tls_verify_status"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "alb-connection",
        "connection logs of AWS Application Load Balancers (conn_log)",
        "2026-11-22T10:00:00.443274Z 192.0.2.180 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.123 \"CN=orders.example.com,O=Example,C=DE\" NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z FEF257372D5C14D4 Success TID_3180a73013c8ca4bac2f731159d4b0fe",
        input => Layout.Value.BindUtc("alb-connection", input, service: "file:*_elasticloadbalancing_*_app.{service}.*", region: "file:*_elasticloadbalancing_{region}_*"));
}
