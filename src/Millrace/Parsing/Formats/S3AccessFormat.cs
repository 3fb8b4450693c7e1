using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Server access logs of Amazon S3, as the S3 user guide describes their fields. The oldest lines end with the user agent; the version id came then, host id to host header
/// in 2019, and TLS version, access point, ACL and source region one after the other.
/// </summary>
/// <remarks>Quotes in what a client sent are not escaped. The key is URL-encoded, as S3 logs it.</remarks>
static class S3AccessFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => SpacedLayout.Compile(
        [
            new LayoutPiece.Field("bucket_owner", Text, Meaning: "the canonical user id of the bucket's owner"),
            new LayoutPiece.Field("bucket", Text, Meaning: "the bucket"),
            new LayoutPiece.Field("time", ClfTime, Timestamp, Meaning: "when the request was received"),
            new LayoutPiece.Field("remote_ip", Text, ClientIp, Meaning: "the client's address"),
            new LayoutPiece.Field("requester", Text, User, Meaning: "the canonical user id or the ARN of whoever asked"),
            new LayoutPiece.Field("request_id", Text, TraceId, Meaning: "S3's id of the request"),
            new LayoutPiece.Field("operation", Text, Meaning: "REST.GET.OBJECT, S3.EXPIRE.OBJECT and the like"),
            new LayoutPiece.Field("key", Text, Meaning: "the object's key, URL-encoded"),
            new LayoutPiece.Field("request_uri", LooseQuoted, Kind: ColumnSourceKind.RequestPath, Meaning: "the request line"),
            new LayoutPiece.Field("http_status", FieldSyntax.Status, EventColumn.Status, Meaning: "the response's status"),
            new LayoutPiece.Field("error_code", Text, Meaning: "S3's code of the error"),
            new LayoutPiece.Field("bytes_sent", Integer, Bytes, Meaning: "bytes sent, without the header"),
            new LayoutPiece.Field("object_size", Integer, Meaning: "the object's size in bytes"),
            new LayoutPiece.Field("total_time", Milliseconds, DurationUs, Meaning: "from the request's arrival to the response's last byte, in microseconds"),
            new LayoutPiece.Field("turn_around_ms", Integer, Meaning: "time that S3 spent on the request, in milliseconds"),
            new LayoutPiece.Field("referer", LooseQuoted, Referrer, Meaning: "the page that led here"),
            new LayoutPiece.Field("user_agent", LooseQuoted, UserAgent, Meaning: "the client's own description of itself"),
            new LayoutPiece.Field("version_id", Text, Meaning: "the version of the object"),
            new LayoutPiece.Field("host_id", Text, Meaning: "S3's extended id of the request"),
            new LayoutPiece.Field("signature_version", Text, Meaning: "SigV2 or SigV4"),
            new LayoutPiece.Field("cipher_suite", Text, Meaning: "the TLS cipher"),
            new LayoutPiece.Field("authentication_type", Text, Meaning: "AuthHeader, QueryString, or none for anonymous requests"),
            new LayoutPiece.Field("host_header", Text, Host, Meaning: "the endpoint that was asked"),
            new LayoutPiece.Field("tls_version", Text, Meaning: "the TLS version"),
            new LayoutPiece.Field("access_point_arn", Text, Meaning: "the access point"),
            new LayoutPiece.Field("acl_required", Text, Meaning: "Yes where an ACL was needed"),
            new LayoutPiece.Field("source_region", Text, Meaning: "the region that the request came from"),
        ],
        lastOfOldest: "user_agent"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "s3-access",
        "server access logs of Amazon S3, of any age",
        "0b1c2d3e4f shop-assets [22/Nov/2026:10:00:00 +0000] 192.0.2.3 arn:aws:iam::123456789012:user/orders 3E57427F33A59F07 REST.GET.OBJECT img/a%20b.png \"GET /img/a%20b.png HTTP/1.1\" 200 - 2662992 2662992 70 10 \"-\" \"curl/8.1\" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6Uk= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader shop-assets.s3.eu-west-1.amazonaws.com TLSv1.3 - - -",
        input => Layout.Value.BindUtc("s3-access", input, service: "field:bucket", caller: "user", region: "key:*/{region}/*/{date}/"));
}
