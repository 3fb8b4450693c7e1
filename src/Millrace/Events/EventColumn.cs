namespace Millrace.Events;

/// <summary>The columns that every event has, in the order in which SQL shows them. A format that has no such value gives NULL.</summary>
public enum EventColumn
{
    /// <summary>When it happened: UTC, microseconds since 1970.</summary>
    Timestamp,

    /// <summary>The service that was called.</summary>
    Service,

    /// <summary>The service that made the call; NULL where a person did.</summary>
    Caller,

    /// <summary>The client's address, without a port.</summary>
    ClientIp,

    /// <summary>The authenticated user.</summary>
    User,

    /// <summary>The HTTP method.</summary>
    Method,

    /// <summary>The request's path as logged, without the query.</summary>
    Path,

    /// <summary>The request's query, without the question mark.</summary>
    Query,

    /// <summary>The path with its ids replaced: <c>/orders/{id}</c>.</summary>
    Endpoint,

    /// <summary>The protocol as logged, such as <c>HTTP/1.1</c>.</summary>
    Protocol,

    /// <summary>The response status; 0 where the client closed first.</summary>
    Status,

    /// <summary>Bytes sent to the client.</summary>
    Bytes,

    /// <summary>How long the request took, in microseconds.</summary>
    DurationUs,

    /// <summary>The page that led here.</summary>
    Referrer,

    /// <summary>The client's own description of itself.</summary>
    UserAgent,

    /// <summary>The host that was asked for.</summary>
    Host,

    /// <summary>The region or zone.</summary>
    Region,

    /// <summary>The severity: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.</summary>
    Level,

    /// <summary>The logger's or class's name.</summary>
    Logger,

    /// <summary>The text, with the lines that belong to it.</summary>
    Message,

    /// <summary>The trace or request id.</summary>
    TraceId,

    /// <summary>Everything that has no column of its own, as one JSON object.</summary>
    Attributes,

    /// <summary>The line as it was, decoded to UTF-8.</summary>
    Raw,

    /// <summary>The file or object that the line is in.</summary>
    File,

    /// <summary>The line's number in its file, from 1.</summary>
    Line,
}
