using System.Text;

namespace Millrace.Parsing.Names;

/// <summary>
/// The usual names of each field in JSON keys and CSV headers, the strongest first. Names are compared without case, <c>_</c>, <c>-</c>,
/// spaces and round brackets, so <c>statusCode</c>, <c>Status-Code</c> and <c>status_code</c> are one; a dot stands between the keys of nested objects.
/// </summary>
static class FieldNames
{
    static readonly (NamedField Field, string Names)[] Table =
    [
        (NamedField.Timestamp, """
            timestamp @timestamp @t time ts event_time datetime date_time time_iso8601 time_local time_millis timestamp_ms epoch asctime log_time
            logged_at log_timestamp date created_at created published publication_timestamp from_timestamp start_time t.$date t
            """),
        (NamedField.Service, """
            service service.name service_name application application_name app app_name application.name app.name component component_name
            target_service destination_service kubernetes.labels.app kubernetes.labels.app.kubernetes.io/name kubernetes.container_name
            """),
        (NamedField.Caller, "caller caller_service calling_service source_service client_service caller.service source.service.name peer_service"),
        (NamedField.ClientIp, """
            client_ip remote_addr remote_address client.ip client_address client_addr clientip remote_ip source.ip ip ip_address http.client_ip
            http_request.client_ip http_request.remote_ip source_ip c_ip client.address source.address request.remote_address req.remote_address
            network.client.ip x_forwarded_for http_x_forwarded_for remote_host
            """),
        (NamedField.User, """
            user user_name username user.name remote_user user_id user.id auth_user authuser principal principal_id enduser.id usr.id usr.name
            requester uid
            """),
        (NamedField.Method, """
            method http_method request_method http.request.method http.method verb req.method request.method http_request.http_method
            http_request.request_method cs_method
            """),
        (NamedField.Url, """
            path request_path url_path uri_path url.path http.path http.target request_target url uri request_uri request_url http.url
            url.original url.full req.url request.url request.uri request.path http_request.uri http_request.request_url cs_uri_stem
            """),
        (NamedField.Query, "query query_string request_query http.query url.query args cs_uri_query http_request.args"),
        (NamedField.Endpoint, "endpoint route http.route route_pattern resource_path"),
        (NamedField.Request, "request request_line http_request"),
        (NamedField.Protocol, """
            protocol http_version server_protocol request_protocol http_protocol http.version http.flavor http.protocol http_request.http_version
            http_request.protocol cs_version
            """),
        (NamedField.Status, """
            status status_code http_status http_status_code response_code response_status http.response.status_code http.status_code http.status
            response.status response.status_code res.status_code http_request.status sc_status elb_status_code response_code_sent response code
            """),
        (NamedField.Bytes, """
            bytes body_bytes_sent bytes_sent response_bytes response_size response_length http.response.body.bytes http.response.bytes
            http_request.response_size sc_bytes bytes_out sent_bytes res.headers.content_length content_length resp_size size length
            """),
        (NamedField.Referrer, """
            referrer referer http_referer http_referrer http.request.referrer http.referer request.headers.referer req.headers.referer
            headers.referer http_request.referer cs_referer
            """),
        (NamedField.UserAgent, """
            user_agent http_user_agent user_agent.original http.user_agent http.request.headers.user_agent request.headers.user_agent
            req.headers.user_agent headers.user_agent http_request.user_agent cs_user_agent agent ua
            """),
        (NamedField.Host, "host http_host url.domain server_name vhost virtual_host domain_name http.host req.headers.host host.name hostname"),
        (NamedField.Region, "region aws_region cloud.region location.region availability_zone cloud.availability_zone zone datacenter"),
        (NamedField.Level, "level severity log_level log.level @l lvl severity_text levelname level_name log_severity"),
        (NamedField.Logger, "logger logger_name log.logger log_class source_context properties.source_context category module target"),
        (NamedField.Message, """
            message msg @m rendered_message log text short_message orig_log_entry text_payload json_payload.message event.original
            message_template @mt body error.message error_message error exception.message event
            """),
        (NamedField.TraceId, """
            trace_id trace.id @tr request_id correlation_id x_request_id req_id req.id http_request.request_id logging.googleapis.com/trace
            dd.trace_id otel_trace_id x_amzn_trace_id xray_trace_id traceparent transaction.id
            """),
    ];

    // The unit that a duration has when its name does not end in one.
    static readonly (string Name, DurationUnit Unit)[] Durations =
    [
        ("duration", DurationUnit.Milliseconds), ("response_time", DurationUnit.Milliseconds), ("request_time", DurationUnit.Seconds),
        ("latency", DurationUnit.Milliseconds), ("elapsed", DurationUnit.Milliseconds), ("elapsed_time", DurationUnit.Milliseconds),
        ("took", DurationUnit.Milliseconds), ("time_taken", DurationUnit.Milliseconds), ("request_duration", DurationUnit.Milliseconds),
        ("response_duration", DurationUnit.Milliseconds), ("processing_time", DurationUnit.Milliseconds),
        ("execution_time", DurationUnit.Milliseconds), ("total_time", DurationUnit.Milliseconds), ("response_latency", DurationUnit.Milliseconds),
        ("request_latency", DurationUnit.Milliseconds), ("event.duration", DurationUnit.Nanoseconds),
        ("http_request.latency", DurationUnit.Seconds), ("http.duration", DurationUnit.Milliseconds),
        ("http.response_time", DurationUnit.Milliseconds), ("upstream_response_time", DurationUnit.Seconds),
    ];

    static readonly (string Suffix, DurationUnit Unit)[] UnitSuffixes =
    [
        ("_us", DurationUnit.Microseconds), ("_ms", DurationUnit.Milliseconds), ("_ns", DurationUnit.Nanoseconds), ("_s", DurationUnit.Seconds),
        ("_micros", DurationUnit.Microseconds), ("_millis", DurationUnit.Milliseconds), ("_nanos", DurationUnit.Nanoseconds),
        ("_sec", DurationUnit.Seconds), ("_secs", DurationUnit.Seconds), ("_seconds", DurationUnit.Seconds),
        ("_microseconds", DurationUnit.Microseconds), ("_milliseconds", DurationUnit.Milliseconds), ("_nanoseconds", DurationUnit.Nanoseconds),
    ];

    static readonly Dictionary<string, FieldName> Known = BuildKnown();

    /// <summary>Every known name as it is compared, and what it means.</summary>
    public static IReadOnlyDictionary<string, FieldName> All => Known;

    /// <summary>What a name means; false where it is not a usual one.</summary>
    public static bool TryFind(string name, out FieldName meaning) => Known.TryGetValue(Plain(name), out meaning);

    /// <summary>The unit of a duration from its name: the one it ends in, the usual one of a known name, else milliseconds.</summary>
    public static DurationUnit UnitOf(string name)
    {
        if (TryFind(name, out var meaning))
        {
            return meaning.Unit;
        }

        var suffix = Array.FindLast(UnitSuffixes, suffix => name.EndsWith(suffix.Suffix, StringComparison.OrdinalIgnoreCase));
        return suffix.Suffix is null ? DurationUnit.Milliseconds : suffix.Unit;
    }

    /// <summary>The form in which names are compared.</summary>
    public static string Plain(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        Span<char> plain = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        return new string(plain[..Plain(bytes, plain)]);
    }

    /// <summary>Writes the form in which names are compared, one char a byte; the target must be as long as the name. Returns its length.</summary>
    public static int Plain(ReadOnlySpan<byte> name, Span<char> plain)
    {
        var length = 0;
        foreach (var b in name)
        {
            if (b is not ((byte)'_' or (byte)'-' or (byte)' ' or (byte)'(' or (byte)')'))
            {
                plain[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (char)(b | 0x20) : (char)b;
            }
        }

        return length;
    }

    static Dictionary<string, FieldName> BuildKnown()
    {
        var known = new Dictionary<string, FieldName>(StringComparer.Ordinal);
        foreach (var (field, names) in Table)
        {
            var rank = 0;
            foreach (var name in names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                known.TryAdd(Plain(name), new(field, rank++));
            }
        }

        AddDurations(known);
        return known;
    }

    // A name that says its unit is stronger than one that does not.
    static void AddDurations(Dictionary<string, FieldName> known)
    {
        var rank = 0;
        foreach (var (name, _) in Durations)
        {
            foreach (var (suffix, unit) in UnitSuffixes)
            {
                known.TryAdd(Plain(name + suffix), new(NamedField.Duration, rank++, unit));
            }
        }

        foreach (var (name, unit) in Durations)
        {
            known.TryAdd(Plain(name), new(NamedField.Duration, rank++, unit));
        }
    }
}
