using Millrace.Events;
using Millrace.Parsing.Haproxy;

namespace Millrace.Parsing.Formats;

/// <summary>
/// HAProxy's logs with <c>option httplog</c>, <c>option httpslog</c> and <c>option tcplog</c>, and the lines of connections that failed, behind what syslog writes or alone
/// (HAProxy Configuration Manual, section 8.2). Timers that are -1 were not reached and are NULL; a plus of <c>option logasap</c> is read over.
/// </summary>
static class HaproxyFormat
{
    static readonly FormatField[] Fields =
    [
        new("accept_date", ColumnType.Timestamp, "local time when the connection or the request was accepted"),
        new("process", ColumnType.Text, "the process that syslog names"),
        new("client", ColumnType.Text, "the client's address"),
        new("client_port", ColumnType.Integer, "the client's port"),
        new("frontend", ColumnType.Text, "the frontend"),
        new("backend", ColumnType.Text, "the backend"),
        new("server", ColumnType.Text, "the server in the backend"),
        new("tr_request", ColumnType.Integer, "TR or Tq: waiting for the request, in microseconds"),
        new("tw", ColumnType.Integer, "Tw: waiting in queues, in microseconds"),
        new("tc", ColumnType.Integer, "Tc: connecting to the server, in microseconds"),
        new("tr", ColumnType.Integer, "Tr: waiting for the response's header, in microseconds"),
        new("ta", ColumnType.Integer, "Ta or Tt: all of it, in microseconds"),
        new("status_code", ColumnType.Integer, "the response's status"),
        new("bytes_read", ColumnType.Integer, "bytes sent to the client"),
        new("captured_request_cookie", ColumnType.Text, "the cookie captured from the request"),
        new("captured_response_cookie", ColumnType.Text, "the cookie captured from the response"),
        new("termination_state", ColumnType.Text, "how the session ended"),
        new("actconn", ColumnType.Integer, "connections of the process"),
        new("feconn", ColumnType.Integer, "connections of the frontend"),
        new("beconn", ColumnType.Integer, "connections of the backend"),
        new("srv_conn", ColumnType.Integer, "connections of the server"),
        new("retries", ColumnType.Integer, "how often connecting was tried again"),
        new("srv_queue", ColumnType.Integer, "requests before this one in the server's queue"),
        new("backend_queue", ColumnType.Integer, "requests before this one in the backend's queue"),
        new("captured_request_headers", ColumnType.Text, "headers captured from the request, with bars between them"),
        new("captured_response_headers", ColumnType.Text, "headers captured from the response, with bars between them"),
        new("http_request", ColumnType.Text, "the request line"),
        new("error", ColumnType.Text, "why the connection failed"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "haproxy",
        "HAProxy: option httplog, httpslog and tcplog, behind syslog's words or alone",
        "Nov 22 10:00:00 lb1 haproxy[812]: 203.0.113.7:59968 [22/Nov/2026:10:00:00.447] www~ orders/web1 0/0/1/12/13 200 1015 - - ---- 8/8/1/1/0 0/0 {shop.example} \"GET /orders/17 HTTP/1.1\"",
        input => new()
        {
            Format = "haproxy",
            Fields = Fields,
            Columns = new ColumnMap
            {
                [EventColumn.Timestamp] = ColumnSource.From(HaproxyParser.AcceptDate),
                [EventColumn.Service] = ColumnSource.From(HaproxyParser.Backend),
                [EventColumn.ClientIp] = ColumnSource.From(HaproxyParser.Client),
                [EventColumn.DurationUs] = ColumnSource.From(HaproxyParser.Total),
                [EventColumn.Status] = ColumnSource.From(HaproxyParser.Status),
                [EventColumn.Bytes] = ColumnSource.From(HaproxyParser.Bytes),
                [EventColumn.Host] = new(ColumnSourceKind.RequestHost, HaproxyParser.Request),
                [EventColumn.Message] = ColumnSource.From(HaproxyParser.Error),
            }.WithRequest(HaproxyParser.Request),
            CreateParser = () => new HaproxyParser(Fields.Length, new LocalZone(input.TimeZone)),
            Raw = new RawTable.None("its lines have one of several layouts, and an expression has one"),
        });
}
