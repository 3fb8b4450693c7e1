using Millrace.Events;
using Millrace.Parsing.W3c;

namespace Millrace.Parsing.Formats;

/// <summary>
/// The W3C's extended log file format as IIS and others write it: a <c>#Fields:</c> line names the values of those below it, and may change inside a file.
/// Times are UTC. A value that the file's head does not name goes to <c>attributes</c>, and so does one that is no number where a column of its own has numbers.
/// </summary>
static class W3cFormat
{
    static readonly W3cDialect Dialect = new(
        "w3c",
        [
            new("date", W3cSyntax.Date),
            new("time", W3cSyntax.Time),
            new("date-UTC", W3cSyntax.Date),
            new("time-UTC", W3cSyntax.Time),
            new("date-local", W3cSyntax.LocalDate),
            new("time-local", W3cSyntax.LocalTime),
            new("c-ip", W3cSyntax.Text, EventColumn.ClientIp, "the client's address"),
            new("cs-username", W3cSyntax.Text, EventColumn.User, "the authenticated user"),
            new("cs-method", W3cSyntax.Text, EventColumn.Method, "the request's method"),
            new("cs-uri-stem", W3cSyntax.Text, EventColumn.Path, "the request's path"),
            new("cs-uri", W3cSyntax.Text, EventColumn.Path, "the request's target", ColumnSourceKind.UrlPath),
            new("cs-uri-query", W3cSyntax.Text, EventColumn.Query, "the query"),
            new("cs-version", W3cSyntax.Text, EventColumn.Protocol, "the request's protocol"),
            new("sc-status", W3cSyntax.Status, EventColumn.Status, "the response's status"),
            new("sc-bytes", W3cSyntax.Integer, EventColumn.Bytes, "bytes sent"),
            new("time-taken", W3cSyntax.Taken, EventColumn.DurationUs, "how long the request took, in microseconds"),
            new("TimeTakenMS", W3cSyntax.Taken, EventColumn.DurationUs, "how long the request took, in microseconds"),
            new("cs(Referer)", W3cSyntax.Text, EventColumn.Referrer, "the page that led here"),
            new("cs(User-Agent)", W3cSyntax.Plus, EventColumn.UserAgent, "the client's own description of itself"),
            new("cs-host", W3cSyntax.Text, EventColumn.Host, "the host asked for"),
            new("cs(Host)", W3cSyntax.Text, EventColumn.Host, "the host asked for"),
            new("cs-bytes", W3cSyntax.Integer, Meaning: "bytes received"),
            new("s-port", W3cSyntax.Integer, Meaning: "the server's port"),
            new("sc-substatus", W3cSyntax.Integer, Meaning: "the status's second part"),
            new("sc-win32-status", W3cSyntax.Integer, Meaning: "Windows's status code"),
        ]);

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "w3c",
        "IIS, and other servers that write the W3C's extended log file format under a #Fields line",
        "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n2026-11-22 10:00:00 10.0.0.8 GET /orders/17 full=1 443 - 203.0.113.7 Mozilla/5.0+(Windows+NT+10.0) - 200 0 0 15",
        input => W3cDialect.NamesIn(input.Head.Span) is { } names ? Dialect.Bind(names, input) : null)
    {
        DependsOnHead = true,
    };
}
