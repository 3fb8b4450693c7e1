using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// The Elastic Common Schema as JSON lines: what the ecs-logging libraries and Beats write, with dotted keys, nested objects or both. A line is of the schema
/// where it says its version.
/// </summary>
static class EcsFormat
{
    static readonly JsonShape Shape = new(
        new("@timestamp", "timestamp", AnyTime, Timestamp, Meaning: "when it happened") { IsRequired = true },
        new("ecs.version", "ecs_version", Meaning: "the version of the schema") { IsRequired = true },
        new("log.level", "log_level", Column: Level, Kind: ColumnSourceKind.Severity, Meaning: "the level"),
        new("log.logger", "log_logger", Column: Logger, Meaning: "the logger"),
        new("message", "message", Column: Message, Meaning: "the text"),
        new("service.name", "service_name", Column: Service, Meaning: "the service that logs"),
        new("service.version", "service_version", Meaning: "its version"),
        new("service.environment", "service_environment", Meaning: "where it runs"),
        new("service.node.name", "service_node_name", Meaning: "its instance"),
        new("client.ip", "client_ip", Column: ClientIp, Kind: ColumnSourceKind.FirstOf, Meaning: "the client's address") { Otherwise = "source_ip" },
        new("source.ip", "source_ip", Meaning: "the address that the traffic came from"),
        new("user.name", "user_name", Column: User, Meaning: "the user"),
        new("http.request.method", "http_request_method", Column: Method, Meaning: "the request's method"),
        new("url.path", "url_path", Column: EventColumn.Path, Meaning: "the request's path"),
        new("url.query", "url_query", Column: Query, Meaning: "its query"),
        new("url.original", "url_original", Meaning: "its target as it was sent"),
        new("url.full", "url_full", Meaning: "its whole URL"),
        new("url.domain", "url_domain", Column: Host, Kind: ColumnSourceKind.FirstOf, Meaning: "the host asked for") { Otherwise = "host_name" },
        new("host.name", "host_name", Meaning: "the machine's name"),
        new("http.version", "http_version", Column: Protocol, Meaning: "the version of HTTP"),
        new("http.response.status_code", "http_response_status_code", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status"),
        new("http.response.body.bytes", "http_response_body_bytes", Integer, EventColumn.Bytes, Meaning: "bytes of the response's body"),
        new("http.request.referrer", "http_request_referrer", Column: Referrer, Meaning: "the page that led here"),
        new("user_agent.original", "user_agent_original", Column: UserAgent, Meaning: "the client's own description of itself"),
        new("event.duration", "event_duration_us", Duration, DurationUs, Unit: DurationUnit.Nanoseconds, Meaning: "how long it took, in microseconds"),
        new("event.dataset", "event_dataset", Meaning: "which log it is"),
        new("event.action", "event_action", Meaning: "what was done"),
        new("event.outcome", "event_outcome", Meaning: "success, failure or unknown"),
        new("cloud.region", "cloud_region", Column: Region, Meaning: "the region"),
        new("trace.id", "trace_id", Column: TraceId, Kind: ColumnSourceKind.FirstOf, Meaning: "the trace") { Otherwise = "transaction_id" },
        new("transaction.id", "transaction_id", Meaning: "the transaction in it"),
        new("span.id", "span_id", Meaning: "the span in it"),
        new("process.pid", "process_pid", Integer, Meaning: "the process"),
        new("process.thread.name", "process_thread_name", Meaning: "its thread"),
        new("error.type", "error_type", Meaning: "the exception's class"),
        new("error.message", "error_message", Meaning: "its message"),
        new("error.stack_trace", "error_stack_trace", Meaning: "its stack trace"))
    {
        HasDottedKeys = true,
    };

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "ecs",
        "logs in the Elastic Common Schema, as its logging libraries and Beats write them",
        """{"@timestamp":"2026-11-22T10:00:00.123Z","log.level":"warn","message":"order 17 came twice","ecs.version":"8.11.0","service.name":"orders","log.logger":"shop.Orders"}""",
        input => Shape.Bind("ecs", input));
}
