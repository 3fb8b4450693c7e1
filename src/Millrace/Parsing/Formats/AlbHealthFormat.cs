using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Health check logs of Application Load Balancers (<c>health_check_log…</c>), as the Elastic Load Balancing user guide describes their fields: one line a check of one target.
/// </summary>
static class AlbHealthFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("type", Text, Meaning: "how the target was asked: http, https, h2, grpc …"),
            new LayoutPiece.Field("time", IsoTime, Timestamp, Meaning: "when the check began"),
            new LayoutPiece.Field("latency", Seconds, DurationUs, Meaning: "how long the check took, in microseconds"),
            new LayoutPiece.Field("target_addr", Text, Meaning: "the target's address and port, or its ARN"),
            new LayoutPiece.Field("target_group_id", Text, Meaning: "the target group"),
            new LayoutPiece.Field("health_status", Text, Meaning: "PASS or FAIL"),
            new LayoutPiece.Field("status_code", FieldSyntax.Status, EventColumn.Status, Meaning: "the target's status"),
            new LayoutPiece.Field("reason_code", Text, Meaning: "why the check failed"),
        ],
        lastOfOldest: "reason_code"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "alb-health",
        "health check logs of AWS Application Load Balancers (health_check_log)",
        "http 2026-11-22T10:00:00.875678Z 0.019584 198.51.100.97:80 orders PASS 200 -",
        input => Layout.Value.BindUtc("alb-health", input, service: "field:target_group_id", region: "file:*_elasticloadbalancing_{region}_*"));
}
