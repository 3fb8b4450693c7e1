using Millrace.Events;
using Millrace.Parsing.Lines;
using Millrace.Parsing.W3c;

namespace Millrace.Parsing.Formats;

/// <summary>
/// CloudFront's standard logs: values parted by tabs under a <c>#Fields:</c> line, or in the standard order where it is missing. Values are decoded from what
/// CloudFront encodes; path, query and referrer stay as the client sent them. A status <c>000</c>, of a client that closed first, is 0.
/// </summary>
static class CloudFrontFormat
{
    const string Standard =
        "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header " +
        "cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte " +
        "x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";

    // The fields of 2010, up to the query; everything behind it was added.
    const int OldestValues = 12;

    static readonly W3cDialect Dialect = new(
        "cloudfront",
        [
            new("date", W3cSyntax.Date),
            new("time", W3cSyntax.Time),
            new("c-ip", W3cSyntax.Text, EventColumn.ClientIp, "the viewer's address"),
            new("cs-method", W3cSyntax.Text, EventColumn.Method, "the request's method"),
            new("cs-uri-stem", W3cSyntax.PercentUrl, EventColumn.Path, "the request's path"),
            new("cs-uri-query", W3cSyntax.PercentUrl, EventColumn.Query, "the query"),
            new("cs-protocol-version", W3cSyntax.Text, EventColumn.Protocol, "the request's protocol"),
            new("sc-status", W3cSyntax.Status, EventColumn.Status, "the response's status, 0 where the viewer closed first"),
            new("sc-bytes", W3cSyntax.Integer, EventColumn.Bytes, "bytes sent, with the header"),
            new("time-taken", W3cSyntax.Seconds, EventColumn.DurationUs, "from the request's last byte to the response's last, in microseconds"),
            new("cs(Referer)", W3cSyntax.PercentUrl, EventColumn.Referrer, "the page that led here"),
            new("cs(User-Agent)", W3cSyntax.Percent, EventColumn.UserAgent, "the viewer's own description of itself"),
            new("x-host-header", W3cSyntax.Text, EventColumn.Host, "the host asked for"),
            new("x-edge-request-id", W3cSyntax.Text, EventColumn.TraceId, "CloudFront's id of the request"),
            new("cs(Host)", W3cSyntax.Text, Meaning: "the distribution's domain"),
            new("cs(Cookie)", W3cSyntax.Percent, Meaning: "the cookies"),
            new("x-edge-location", W3cSyntax.Text, Meaning: "the edge location that answered"),
            new("x-edge-result-type", W3cSyntax.Text, Meaning: "Hit, RefreshHit, Miss, LimitExceeded, CapacityExceeded, Error or Redirect"),
            new("cs-protocol", W3cSyntax.Text, Meaning: "http, https, ws, wss, grpc or grpcs"),
            new("cs-bytes", W3cSyntax.Integer, Meaning: "bytes received, with the header"),
            new("x-forwarded-for", W3cSyntax.Percent, Meaning: "the addresses the request was forwarded for"),
            new("c-port", W3cSyntax.Integer, Meaning: "the viewer's port"),
            new("time-to-first-byte", W3cSyntax.Seconds, Meaning: "from the request's last byte to the response's first, in microseconds"),
            new("sc-content-type", W3cSyntax.Percent, Meaning: "the response's type"),
            new("sc-content-len", W3cSyntax.Real, Meaning: "the response's length in bytes, as its header says"),
            new("sc-range-start", W3cSyntax.Integer, Meaning: "the first byte asked for"),
            new("sc-range-end", W3cSyntax.Integer, Meaning: "the last byte asked for"),
        ],
        (byte)'\t')
    {
        DefaultFields = Standard,
        LeastValues = OldestValues,
    };

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cloudfront",
        "the standard logs of Amazon CloudFront, with and without their #Fields line",
        "2026-11-22\t10:00:00\tFRA56-P2\t703\t203.0.113.7\tGET\td111111abcdef8.cloudfront.net\t/orders/17\t200\t-\tMozilla/5.0%20(X11)\tfull=1\t-\tMiss\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\tshop.example\thttps\t62\t0.113\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tMiss\tHTTP/2.0\t-\t-\t51754\t0.113\tMiss\ttext/html\t20\t-\t-",
        Bind)
    {
        DependsOnHead = true,
    };

    static FormatBinding? Bind(FormatInput input)
    {
        var names = W3cDialect.NamesIn(input.Head.Span);
        return (names is null ? IsHeaderless(input.Head.Span) : names.Contains("x-edge-location"))
            ? Dialect.Bind(names ?? Standard.Split(' '), input)
            : null;
    }

    /// <summary>True where the first line is a date, a time and as many values as the oldest logs have.</summary>
    static bool IsHeaderless(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            var line = EventBoundary.TakeLine(ref head);
            if (!line.IsEmpty && line[0] != '#')
            {
                return line.Length > 20 && line[4] == '-' && line[10] == '\t' && line[13] == ':' && line[19] == '\t' && line.Count((byte)'\t') >= OldestValues - 1;
            }
        }

        return false;
    }
}
