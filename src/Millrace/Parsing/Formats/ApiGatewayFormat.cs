using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Access logs of Amazon API Gateway in JSON. Which variables of <c>$context</c> a log has and how its keys are called is up to whoever set it up; three are read: the JSON that the console proposes for REST and
/// for HTTP APIs, with keys like the variables (<c>requestId</c>), and keys in snake case (<c>request_id</c>). All values are strings, a dash where there is none.
/// </summary>
static class ApiGatewayFormat
{
    static readonly JsonShape RestApi = new([.. Camel("resourcePath"), new("routeKey", "route_key", Meaning: "the route of an HTTP API")]);
    static readonly JsonShape HttpApi = new([.. Camel("routeKey"), new("resourcePath", "resource_path", Column: Endpoint, Meaning: "the resource's path")]);
    static readonly JsonShape Snake = new(
        new("request_id", "request_id", Column: TraceId, Meaning: "API Gateway's id of the request") { IsRequired = true },
        new("api_id", "api_id", Meaning: "the id of the API") { IsRequired = true },
        new("request_time_epoch", "request_time_epoch", EpochTime, Timestamp, Unit: DurationUnit.Milliseconds, Meaning: "when the request came") { IsRequired = true },
        new("api_name", "api_name", Column: Service, Kind: ColumnSourceKind.FirstOf, Meaning: "the API's name") { Otherwise = "api_id" },
        new("stage", "stage", Meaning: "the stage"),
        new("client_ip", "client_ip", Column: ClientIp, Meaning: "the client's address"),
        new("user", "user_id", Column: User, Meaning: "the user"),
        new("user_arn", "user_arn", Column: Caller, Kind: ColumnSourceKind.FirstOf, Meaning: "the ARN of the user") { Otherwise = "principal_id" },
        new("principal_id", "principal_id", Meaning: "whom the authorizer found"),
        new("http_method", "http_method", Column: Method, Meaning: "the request's method"),
        new("path", "request_path", Column: EventColumn.Path, Meaning: "the request's path"),
        new("resource_path", "resource_path", Column: Endpoint, Meaning: "the resource's path: /orders/{id}"),
        new("protocol", "request_protocol", Column: Protocol, Meaning: "the protocol"),
        new("status_code", "status_code", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status"),
        new("response_length", "response_length", Count, EventColumn.Bytes, Meaning: "the response's length in bytes"),
        new("response_latency", "response_latency", Duration, DurationUs, Unit: DurationUnit.Milliseconds, Meaning: "from request to response, in microseconds"),
        new("integration_latency", "integration_latency_us", Duration, Unit: DurationUnit.Milliseconds, Meaning: "time of the integration, in microseconds"),
        new("integration_status", "integration_status", JsonFieldSyntax.Status, Meaning: "the integration's status"),
        new("authorizer_latency", "authorizer_latency_us", Duration, Unit: DurationUnit.Milliseconds, Meaning: "time of the authorizer, in microseconds"),
        new("user_agent", "agent", Column: UserAgent, Meaning: "the client's own description of itself"),
        new("domain_name", "domain_name", Column: Host, Meaning: "the host asked for"),
        new("region", "api_region", Column: Region, Meaning: "the region"),
        new("account_id", "account_id", Meaning: "the API's account"),
        new("error_message", "error_message", Column: Message, Meaning: "what went wrong"),
        new("response_type", "response_type", Meaning: "the kind of an error that API Gateway answered itself"),
        new("xray_trace_id", "xray_trace_id", Meaning: "the X-Ray trace"),
        new("extended_request_id", "extended_request_id", Meaning: "the request's extended id"),
        new("waf_response_code", "waf_response_code", Meaning: "WAF_ALLOW or WAF_BLOCK"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "apigateway",
        "access logs of Amazon API Gateway as JSON",
        """{"requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","ip":"192.0.2.7","caller":"-","user":"-","requestTime":"22/Nov/2026:10:00:00 +0000","httpMethod":"GET","resourcePath":"/orders/{id}","status":"200","protocol":"HTTP/1.1","responseLength":"5316"}""",
        Bind)
    {
        DependsOnHead = true,
    };

    /// <summary>The variables of <c>$context</c> as keys.</summary>
    /// <param name="required">The key that tells REST from HTTP APIs.</param>
    static JsonField[] Camel(string required) =>
    [
        new("requestId", "request_id", Column: TraceId, Meaning: "API Gateway's id of the request") { IsRequired = true },
        new("httpMethod", "http_method", Column: Method, Meaning: "the request's method") { IsRequired = true },
        new("status", "status_code", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status") { IsRequired = true },
        required == "routeKey"
            ? new(required, "route_key", Meaning: "the route: GET /orders/{id}") { IsRequired = true }
            : new(required, "resource_path", Column: Endpoint, Meaning: "the resource's path: /orders/{id}") { IsRequired = true },
        new("requestTime", "request_time", AnyTime, Timestamp, Meaning: "when the request came") { IsRequired = true },
        new("requestTimeEpoch", "request_time_epoch", EpochTime, Unit: DurationUnit.Milliseconds, Meaning: "the same as a count"),
        new("ip", "ip", Column: ClientIp, Kind: ColumnSourceKind.FirstOf, Meaning: "the client's address") { Otherwise = "source_ip" },
        new("sourceIp", "source_ip", Meaning: "the client's address"),
        new("caller", "caller_id", Column: Caller, Meaning: "the principal that signed the request"),
        new("user", "user_id", Column: User, Meaning: "the user"),
        new("apiId", "api_id", Column: Service, Kind: ColumnSourceKind.FirstOf, Meaning: "the id of the API") { Otherwise = "domain_name" },
        new("domainName", "domain_name", Column: Host, Meaning: "the host asked for"),
        new("stage", "stage", Meaning: "the stage"),
        new("path", "request_path", Column: EventColumn.Path, Meaning: "the request's path"),
        new("protocol", "request_protocol", Column: Protocol, Meaning: "the protocol"),
        new("responseLength", "response_length", Count, EventColumn.Bytes, Meaning: "the response's length in bytes"),
        new("responseLatency", "response_latency", Duration, DurationUs, Unit: DurationUnit.Milliseconds, Meaning: "from request to response, in microseconds"),
        new("integrationLatency", "integration_latency_us", Duration, Unit: DurationUnit.Milliseconds, Meaning: "time of the integration, in microseconds"),
        new("integrationStatus", "integration_status", JsonFieldSyntax.Status, Meaning: "the integration's status"),
        new("userAgent", "agent", Column: UserAgent, Meaning: "the client's own description of itself"),
        new("errorMessage", "error_message", Column: Message, Meaning: "what went wrong"),
        new("xrayTraceId", "xray_trace_id", Meaning: "the X-Ray trace"),
        new("extendedRequestId", "extended_request_id", Meaning: "the request's extended id"),
    ];

    /// <summary>The first of the three that reads the first line; null where none does.</summary>
    static FormatBinding? Bind(FormatInput input)
    {
        var head = input.Head.Span;
        var first = Lines.EventBoundary.TakeLine(ref head);
        foreach (var shape in (JsonShape[])[RestApi, HttpApi, Snake])
        {
            var binding = shape.Bind("apigateway", input);
            if (!binding.LacksMark(first) && binding.CreateParser().Parse(first) == LineOutcome.Event)
            {
                return binding;
            }
        }

        return null;
    }
}
