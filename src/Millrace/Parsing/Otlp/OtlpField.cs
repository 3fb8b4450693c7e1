using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>The fields of a log record of OpenTelemetry: those of the record itself, and the attributes that have a column, by the names of its semantic conventions.</summary>
static class OtlpField
{
    public const int Time = 0;
    public const int SeverityNumber = 1;
    public const int SeverityText = 2;
    public const int Body = 3;
    public const int TraceId = 4;
    public const int SpanId = 5;
    public const int EventName = 6;
    public const int Scope = 7;
    public const int Resource = 8;
    public const int Service = 9;

    const int FirstAttribute = Service;

    static readonly (string Key, FormatField Field, EventColumn? Column)[] Attributes =
    [
        ("service.name", new("service_name", ColumnType.Text, "the service that logs"), EventColumn.Service),
        ("host.name", new("host_name", ColumnType.Text, "the machine's name"), null),
        ("server.address", new("server_address", ColumnType.Text, "the host asked for"), EventColumn.Host),
        ("cloud.region", new("cloud_region", ColumnType.Text, "the region"), EventColumn.Region),
        ("client.address", new("client_address", ColumnType.Text, "the client's address"), EventColumn.ClientIp),
        ("user.name", new("user_name", ColumnType.Text, "the user"), EventColumn.User),
        ("http.request.method", new("http_request_method", ColumnType.Text, "the request's method"), EventColumn.Method),
        ("url.path", new("url_path", ColumnType.Text, "the request's path"), EventColumn.Path),
        ("url.query", new("url_query", ColumnType.Text, "its query"), EventColumn.Query),
        ("http.route", new("http_route", ColumnType.Text, "its route"), EventColumn.Endpoint),
        ("http.response.status_code", new("http_response_status_code", ColumnType.Integer, "the response's status"), EventColumn.Status),
        ("user_agent.original", new("user_agent_original", ColumnType.Text, "the client's own description of itself"), EventColumn.UserAgent),
        ("exception.type", new("exception_type", ColumnType.Text, "the exception's class"), null),
        ("exception.message", new("exception_message", ColumnType.Text, "its message"), null),
        ("exception.stacktrace", new("exception_stacktrace", ColumnType.Text, "its stack trace"), null),
    ];

    /// <summary>All fields.</summary>
    public static IReadOnlyList<FormatField> All { get; } =
    [
        new("time", ColumnType.Timestamp, "when it happened, or was observed where that is not known"),
        new("severity_number", ColumnType.Integer, "1 to 24"),
        new("severity_text", ColumnType.Text, "the level as the program calls it"),
        new("body", ColumnType.Text, "the message; JSON where it is no text"),
        new("trace_id", ColumnType.Text, "the trace"),
        new("span_id", ColumnType.Text, "the span in it"),
        new("event_name", ColumnType.Text, "the kind of event"),
        new("scope", ColumnType.Text, "the logger"),
        new("resource", ColumnType.Json, "what logs, as OTLP writes it"),
        .. Attributes.Select(attribute => attribute.Field),
    ];

    /// <summary>The event columns that they give.</summary>
    public static ColumnMap Columns()
    {
        var columns = new ColumnMap
        {
            [EventColumn.Timestamp] = ColumnSource.From(Time),
            [EventColumn.Level] = new(ColumnSourceKind.OtlpSeverity, SeverityNumber, SeverityText),
            [EventColumn.Message] = ColumnSource.From(Body),
            [EventColumn.TraceId] = ColumnSource.From(TraceId),
            [EventColumn.Logger] = ColumnSource.From(Scope),
        };
        foreach (var (index, attribute) in Attributes.Index())
        {
            if (attribute.Column is { } column)
            {
                columns[column] = ColumnSource.From(FirstAttribute + index);
            }
        }

        columns[EventColumn.Host] = new(ColumnSourceKind.FirstOf, columns[EventColumn.Host].Field, Service + 1);
        return columns;
    }

    /// <summary>The keys of attributes that have a field; a key's number in it is its field's, less <see cref="Service"/>.</summary>
    public static JsonPaths Paths()
    {
        var paths = new JsonPaths(isExact: true);
        foreach (var (key, _, _) in Attributes)
        {
            paths.Add(key);
        }

        return paths;
    }
}
