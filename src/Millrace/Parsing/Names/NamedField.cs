namespace Millrace.Parsing.Names;

/// <summary>What a field of a log stands for, as far as its name tells.</summary>
enum NamedField : byte
{
    Timestamp,
    Service,
    Caller,
    ClientIp,
    User,
    Method,

    /// <summary>A path, a request target or an absolute URL.</summary>
    Url,
    Query,

    /// <summary>The route with its ids replaced, as the producer knows it.</summary>
    Endpoint,

    /// <summary>A request line: <c>GET /a?b HTTP/1.1</c>.</summary>
    Request,
    Protocol,
    Status,
    Bytes,
    Duration,
    Referrer,
    UserAgent,
    Host,
    Region,
    Level,
    Logger,
    Message,
    TraceId,
}
