namespace Millrace.Parsing;

/// <summary>How an event column's value is made from the fields of a line.</summary>
public enum ColumnSourceKind : byte
{
    /// <summary>The format has no such value: the column is NULL.</summary>
    None,

    /// <summary>The field as it is.</summary>
    Field,

    /// <summary>A fixed text.</summary>
    Constant,

    /// <summary>The method in a field that holds a request line, <c>GET /a?b HTTP/1.1</c>; the protocol may be missing.</summary>
    RequestMethod,

    /// <summary>The path in a request line.</summary>
    RequestPath,

    /// <summary>The query in a request line.</summary>
    RequestQuery,

    /// <summary>The protocol in a request line.</summary>
    RequestProtocol,

    /// <summary>The host in a request line with an absolute URL.</summary>
    RequestHost,

    /// <summary>The path in a field that holds a URL or a request target.</summary>
    UrlPath,

    /// <summary>The query in a field that holds a URL or a request target.</summary>
    UrlQuery,

    /// <summary>The host in a field that holds an absolute URL.</summary>
    UrlHost,

    /// <summary>The address in a field that holds <c>address</c>, <c>address:port</c> or <c>[address]:port</c>; the first where it holds several, with commas between them.</summary>
    AddressWithoutPort,

    /// <summary>The severity in a field that names it in any usual way, as TRACE, DEBUG, INFO, WARN, ERROR or FATAL.</summary>
    Severity,

    /// <summary>A segment (<see cref="ColumnSource.Number"/>, from 1) of the event's path.</summary>
    PathSegment,

    /// <summary>The field where the other field says <c>&lt;masked&gt;</c>, else NULL.</summary>
    WhenMasked,

    /// <summary>The service in a <c>Machine (library; service)</c> agent (the other field), the field where the agent is a machine without one, else NULL.</summary>
    WhenMachine,

    /// <summary>
    /// What stands between the first two slashes of a field, or of the other one where it has none: the name in <c>app/NAME/id</c> and in the ARN of a target group,
    /// <c>…:targetgroup/NAME/id</c>. Where there is no other field, a text without a slash is a name itself.
    /// </summary>
    SlashedName,

    /// <summary>What stands behind the last slash of a field: the name in <c>/aws/lambda/NAME</c>.</summary>
    LastSlashed,

    /// <summary>The region in a field that holds an ARN, <c>arn:partition:service:REGION:account:…</c>.</summary>
    ArnRegion,

    /// <summary>The product in a user-agent field: <c>order-service</c> of <c>order-service/1.4 (…)</c>.</summary>
    AgentProduct,

    /// <summary>The field, or the other field where it has no value.</summary>
    FirstOf,

    /// <summary>The severity that the field names, or INFO where it has no value.</summary>
    SeverityOrInfo,

    /// <summary>The severity of a field that holds a syslog number, 0 to 7.</summary>
    SyslogSeverity,

    /// <summary>The severity of a field that holds a syslog priority: the facility times eight, and the severity's number.</summary>
    SyslogPriority,

    /// <summary>The severity of a field that holds a CEF severity: 0 to 10, or its word.</summary>
    CefSeverity,

    /// <summary>The severity of a field that holds OpenTelemetry's number of it, 1 to 24, or else the one that the other field names.</summary>
    OtlpSeverity,
}

/// <summary>Where an event column's value comes from.</summary>
/// <param name="Kind">How the value is made.</param>
/// <param name="Field">The field that it is made from.</param>
/// <param name="Other">A second field, for the kinds that look at one.</param>
/// <param name="Text">The text of a constant.</param>
/// <param name="Number">The segment's number, for <see cref="ColumnSourceKind.PathSegment"/>.</param>
public readonly record struct ColumnSource(ColumnSourceKind Kind, int Field = -1, int Other = -1, string? Text = null, int Number = 0)
{
    /// <summary>A field as it is.</summary>
    public static ColumnSource From(int field) => new(ColumnSourceKind.Field, field);

    /// <summary>A fixed text.</summary>
    public static ColumnSource Constant(string text) => new(ColumnSourceKind.Constant, Text: text);
}
