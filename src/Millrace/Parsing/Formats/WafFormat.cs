using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Web ACL traffic logs of AWS WAF, as its developer guide describes their fields. Host, user agent and referrer stand among the request's headers, in whatever order and case the client sent them. The
/// protected resource is the service.
/// </summary>
static class WafFormat
{
    const string Headers = "headers";

    // The headers that give columns, in the order of the fields behind those of the shape.
    static readonly (string Header, FormatField Field, EventColumn Column)[] Known =
    [
        ("host", new("header_host", ColumnType.Text, "the Host header"), Host),
        ("user-agent", new("header_user_agent", ColumnType.Text, "the User-Agent header"), UserAgent),
        ("referer", new("header_referer", ColumnType.Text, "the Referer header"), Referrer),
    ];

    static readonly JsonShape Shape = new(
        new("timestamp", "timestamp", EpochTime, Timestamp, Unit: DurationUnit.Milliseconds, Meaning: "when the request came") { IsRequired = true },
        new("webaclId", "webacl_id", Meaning: "the ARN of the web ACL") { IsRequired = true },
        new("action", "action", Meaning: "ALLOW, BLOCK, COUNT, CAPTCHA or CHALLENGE") { IsRequired = true },
        new("httpRequest.clientIp", "client_ip", Column: ClientIp, Meaning: "the client's address"),
        new("httpRequest.httpMethod", "http_method", Column: Method, Meaning: "the request's method"),
        new("httpRequest.uri", "uri", Column: EventColumn.Path, Meaning: "the request's path"),
        new("httpRequest.args", "args", Column: Query, Meaning: "its query"),
        new("httpRequest.httpVersion", "http_version", Column: Protocol, Meaning: "the protocol"),
        new("httpRequest.requestId", "request_id", Column: TraceId, Meaning: "the id of the request at the protected resource"),
        new("httpRequest.country", "country", Meaning: "the country of the client's address"),
        new("httpRequest.headers", Headers, JsonFieldSyntax.Json, Meaning: "the request's headers"),
        new("httpSourceName", "http_source_name", Meaning: "what is protected: ALB, APIGW, CF, COGNITOIDP, APPRUNNER …"),
        new("httpSourceId", "http_source_id", Meaning: "its id"),
        new("formatVersion", "format_version", Integer, Meaning: "the version of the record"),
        new("terminatingRuleId", "terminating_rule_id", Meaning: "the rule that ended the inspection, or Default_Action"),
        new("terminatingRuleType", "terminating_rule_type", Meaning: "REGULAR, RATE_BASED, GROUP or MANAGED_RULE_GROUP"),
        new("terminatingRuleMatchDetails", "terminating_rule_match_details", JsonFieldSyntax.Json, Meaning: "what matched it"),
        new("ruleGroupList", "rule_group_list", JsonFieldSyntax.Json, Meaning: "the rule groups that inspected the request"),
        new("rateBasedRuleList", "rate_based_rule_list", JsonFieldSyntax.Json, Meaning: "the rate-based rules that did"),
        new("nonTerminatingMatchingRules", "non_terminating_matching_rules", JsonFieldSyntax.Json, Meaning: "rules that matched and did not end the inspection"),
        new("labels", "labels", JsonFieldSyntax.Json, Meaning: "the labels that rules gave the request"),
        new("responseCodeSent", "response_code_sent", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the status of a custom response"),
        new("ja3Fingerprint", "ja3_fingerprint", Meaning: "the JA3 fingerprint of the client"),
        new("ja4Fingerprint", "ja4_fingerprint", Meaning: "the JA4 fingerprint of the client"),
        new("requestBodySize", "request_body_size", Integer, Meaning: "the size of the request's body in bytes"));

    static readonly byte[][] Names = [.. Known.Select(known => System.Text.Encoding.UTF8.GetBytes(known.Header))];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "waf",
        "web ACL traffic logs of AWS WAF",
        """{"timestamp":1795341600123,"formatVersion":1,"webaclId":"arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/770ad176","terminatingRuleId":"Default_Action","terminatingRuleType":"REGULAR","action":"ALLOW","httpSourceName":"ALB","httpSourceId":"123456789012-app/shop/6a1939d39ac9ef3c","ruleGroupList":[],"httpRequest":{"clientIp":"192.0.2.7","country":"DE","headers":[{"name":"Host","value":"shop.example.com"},{"name":"User-Agent","value":"curl/8.1"}],"uri":"/orders/7","args":"full=1","httpVersion":"HTTP/2.0","httpMethod":"GET","requestId":"1-64f01dc6-7d2deb5d"}}""",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var records = Shape.Bind("waf", input);
        var count = records.Fields.Count;
        var headers = records.Field(Headers);
        for (var i = 0; i < Known.Length; i++)
        {
            if (records.Columns[Known[i].Column].Kind == ColumnSourceKind.None)
            {
                records.Columns[Known[i].Column] = ColumnSource.From(count + i);
            }
        }

        var binding = new FormatBinding()
        {
            Format = "waf",
            Fields = [.. records.Fields, .. Known.Select(known => known.Field)],
            Columns = records.Columns,
            CreateParser = () => new Parser(records.CreateParser(), headers),
            Marks = records.Marks,
            RawSource = () => records.Raw!,
        };
        return binding.WithPiece(Service, ColumnSourceKind.SlashedName, "http_source_id").WithPiece(Region, ColumnSourceKind.ArnRegion, "webacl_id");
    }

    /// <summary>Reads the record, and looks for the known headers among its headers.</summary>
    sealed class Parser(LineParser records, int headers) : LineParser(records.Fields.Values.Length + Names.Length)
    {
        bool _wantsHeaders = true;

        public override void Narrow(WantedFields wanted)
        {
            var first = records.Fields.Values.Length;
            _wantsHeaders = wanted.Numbers.Any(number => number >= first);
            var inner = wanted.Numbers.Where(number => number < first).ToHashSet();
            if (_wantsHeaders)
            {
                inner.Add(headers);
            }

            records.Narrow(new(inner, wanted.Attributes));
        }

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            Fields.Values.AsSpan().Clear();
            Fields.Attributes.Clear();
            if (records.Parse(line) == LineOutcome.Reject)
            {
                return Fields.Reject(records.Fields.RejectReason!, records.Fields.RejectPosition);
            }

            Fields.TakeOver(records.Fields, 0, 0);
            if (_wantsHeaders && Fields.Values[headers] is { HasValue: true } list)
            {
                ReadHeaders(line[..(list.Start + list.Length)], list.Start);
            }

            return LineOutcome.Event;
        }

        void ReadHeaders(ReadOnlySpan<byte> line, int at)
        {
            var first = Fields.Values.Length - Names.Length;
            while (line[at..].IndexOf((byte)'{') is var next and >= 0)
            {
                at += next + 1;
                var (name, value) = (default(Range), default(Range));
                while (JsonExtent.TryTakeMember(line, ref at, out var key, out var text))
                {
                    name = line[key].SequenceEqual("name"u8) ? text : name;
                    value = line[key].SequenceEqual("value"u8) ? text : value;
                }

                if (IndexOf(line[name]) is var known and >= 0 && line[value] is [(byte)'"', _, .., (byte)'"'] inner && !Fields.Values[first + known].HasValue)
                {
                    Fields.Values[first + known] = FieldValue.Text(value.Start.Value + 1, inner.Length - 2, inner.Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
                }

                if (at < 0)
                {
                    return;
                }
            }
        }

        static int IndexOf(ReadOnlySpan<byte> quoted)
        {
            for (var i = 0; i < Names.Length; i++)
            {
                if (quoted.Length == Names[i].Length + 2 && System.Text.Ascii.EqualsIgnoreCase(quoted[1..^1], Names[i]))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
