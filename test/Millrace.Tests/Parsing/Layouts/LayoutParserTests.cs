using System.Text;
using Millrace.Parsing;
using Millrace.Parsing.Lines;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing.Layouts;

/// <summary>The parser of layouts reads every line as <see cref="LayoutOracle"/> does.</summary>
public sealed class LayoutParserTests
{
    const int MutationsOfALine = 60;
    const int RandomLines = 3000;

    const string Combined = "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"";

    static readonly Dictionary<string, Func<TimeZoneInfo, LayoutOracle>> Fixed = new()
    {
        ["common"] = zone => LayoutOracle.OfApache("%h %l %u %t \"%r\" %>s %b", zone),
        ["combined"] = zone => LayoutOracle.OfApache(Combined, zone, allowsTail: true),
        ["vcombined"] = zone => LayoutOracle.OfApache("%v:%p " + Combined, zone, allowsTail: true),
        ["service"] = zone => LayoutOracle.OfNginx("$remote_addr - $remote_user [$time_local] \"$request\" $status \"$http_user_agent\"", zone),
        ["service-generated"] = zone => LayoutOracle.OfNginx("$remote_addr  - $remote_user \"$request\" $status [$time_iso8601] \"$http_user_agent\"", zone),
        ["s3-access"] = _ => LayoutOracle.OfSpaced(
            "bucket_owner bucket [time]:clf remote_ip requester request_id operation key request_uri:loose http_status:status error_code bytes_sent:int object_size:int total_time:ms turn_around_ms:int "
            + "referer:loose user_agent:loose | version_id host_id signature_version cipher_suite authentication_type host_header tls_version access_point_arn acl_required source_region"),
        ["alb"] = _ => LayoutOracle.OfSpaced(
            "type time:iso elb client target request_processing_time_us:s target_processing_time_us:s response_processing_time_us:s elb_status_code:status target_status_code:status received_bytes:int "
            + "sent_bytes:int request:loose user_agent:loose ssl_cipher ssl_protocol target_group_arn trace_id:loose domain_name:loose chosen_cert_arn:loose matched_rule_priority:signed | "
            + "request_creation_time:iso actions_executed:loose redirect_url:loose error_reason:loose target_port_list:loose target_status_code_list:loose classification:loose "
            + "classification_reason:loose conn_trace_id transformed_host:loose transformed_uri:loose request_transform_status:loose"),
        ["clb"] = _ => LayoutOracle.OfSpaced(
            "time:iso elb client backend request_processing_time_us:s backend_processing_time_us:s response_processing_time_us:s elb_status_code:status backend_status_code:int received_bytes:int "
            + "sent_bytes:int request:loose | user_agent:loose ssl_cipher ssl_protocol"),
        ["nlb"] = _ => LayoutOracle.OfSpaced(
            "type version time:iso elb listener client destination connection_time:ms tls_handshake_time_us:ms received_bytes:int sent_bytes:int incoming_tls_alert chosen_cert_arn chosen_cert_serial "
            + "tls_cipher tls_protocol_version tls_named_group | domain_name alpn_fe_protocol alpn_be_protocol alpn_client_preference_list tls_connection_creation_time:iso"),
        ["alb-connection"] = _ => LayoutOracle.OfSpaced(
            "timestamp:iso client_ip client_port:int listener_port:int tls_protocol tls_cipher tls_handshake_latency:s leaf_client_cert_subject:loose leaf_client_cert_validity "
            + "leaf_client_cert_serial_number tls_verify_status | conn_trace_id tls_keyexchange"),
        ["alb-health"] = _ => LayoutOracle.OfSpaced("type time:iso latency:s target_addr target_group_id health_status status_code:status reason_code |"),
    };

    public static TheoryData<string, string> Cases =>
        [.. FormatCase.Read().Where(found => found.Format is "nginx" or "apache" || Fixed.ContainsKey(found.Format)).Select(found => (found.Format, found.Case.Name))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_of_cases_and_their_mutations_are_read_as_the_oracle_reads_them(string format, string name)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var found = Assert.Single(FormatCase.Read(format), found => found.Case.Name == name).Case;
        var lines = found.Lines.Select(line => line.Input).ToList();
        var (parser, oracle) = (FormatCaseTests.Bind(format, found)!.CreateParser(), OracleOf(format, found));

        foreach (var line in lines.SelectMany(line => Enumerable.Repeat(line, MutationsOfALine).Select(copy => SomeMutation.Of(copy, lines, random)).Prepend(line)))
        {
            AssertReadAlike(parser, oracle, line, seed);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_bytes_are_read_as_the_oracle_reads_them(string format, string name)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var found = Assert.Single(FormatCase.Read(format), found => found.Case.Name == name).Case;
        var (parser, oracle) = (FormatCaseTests.Bind(format, found)!.CreateParser(), OracleOf(format, found));

        // Bytes of the log's own lines, so that separators come often enough for a field to end.
        var alphabet = found.Lines.SelectMany(line => line.Input).ToArray();
        for (var i = 0; i < RandomLines / Cases.Count(); i++)
        {
            AssertReadAlike(parser, oracle, [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(9) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)])], seed);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_cut_anywhere_are_read_as_the_oracle_reads_them(string format, string name)
    {
        var found = Assert.Single(FormatCase.Read(format), found => found.Case.Name == name).Case;
        var (parser, oracle) = (FormatCaseTests.Bind(format, found)!.CreateParser(), OracleOf(format, found));

        foreach (var line in found.Lines.Select(line => line.Input))
        {
            for (var length = 1; length < line.Length; length++)
            {
                AssertReadAlike(parser, oracle, line[..length], seed: 0);
            }
        }
    }

    [Fact]
    public void A_line_is_read_the_same_whatever_was_read_before()
    {
        var parser = Millrace.Parsing.Formats.ApacheFormat.Format.Bind(new() { Layout = "%t|%{%F %T}t|%s" })!.CreateParser();

        Assert.Equal(LineOutcome.Event, parser.Parse("[22/Nov/2026:10:00:00 +0000]|2026-11-22 10:00:00|200"u8));
        Assert.Equal(LineOutcome.Reject, parser.Parse("[2026-11-22 10:00:00]|2026-11-22 10:00:00|200"u8));
    }

    [Fact]
    public void Nothing_outside_a_line_is_looked_at()
    {
        var parser = Millrace.Parsing.Formats.CombinedFormat.Format.Bind(new())!.CreateParser();
        var line = "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\""u8.ToArray();

        // What stands behind a line would complete it.
        for (var length = 1; length < line.Length; length++)
        {
            Assert.Equal(LineOutcome.Reject, parser.Parse(line.AsSpan(0, length)));
        }

        Assert.Equal(LineOutcome.Event, parser.Parse(line));
    }

    [Fact]
    public void A_sum_is_there_where_all_its_parts_are()
    {
        var parser = Millrace.Parsing.Formats.ClbFormat.Format.Bind(new())!.CreateParser();
        const string Rest = "200 200 0 29 \"GET http://shop.example.com:80/ HTTP/1.1\"";

        Assert.Equal(LineOutcome.Event, parser.Parse(Encoding.ASCII.GetBytes($"2026-11-22T10:00:00Z shop - - 0.25 1 0.000001 {Rest}")));
        Assert.Equal((true, 1_250_001), (parser.Fields.Values[^1].HasValue, parser.Fields.Values[^1].Number));
        Assert.Equal(LineOutcome.Event, parser.Parse(Encoding.ASCII.GetBytes($"2026-11-22T10:00:00Z shop - - 0.25 -1 0.000001 {Rest}")));
        Assert.False(parser.Fields.Values[^1].HasValue);
        Assert.Equal(LineOutcome.Event, parser.Parse(Encoding.ASCII.GetBytes($"2026-11-22T10:00:00Z shop - - 4000000000000 4000000000000 4000000000000 {Rest}")));
        Assert.False(parser.Fields.Values[^1].HasValue);
    }

    [Theory]
    [InlineData("nginx", "$remote_addr$status", "The layout has nothing between 'remote_addr' and 'status', so the end of the first cannot be told. Put a character between them.")]
    [InlineData("nginx", "no field", "The layout has no field. Expected at least one, such as $remote_addr or %h.")]
    [InlineData("nginx", "$remote_addr $", "The nginx layout has a '$' at position 14 without a variable's name. Expected something like $remote_addr or ${remote_addr}.")]
    [InlineData("nginx", "${status", "The nginx layout has a '$' at position 1 without a variable's name. Expected something like $remote_addr or ${remote_addr}.")]
    [InlineData("nginx", null, "The format nginx needs a layout after a colon, such as --format 'nginx:$remote_addr [$time_local] \"$request\" $status'.")]
    [InlineData("apache", "%h %", "The Apache layout has a '%' at position 4 without a directive. Expected something like %h or %{Referer}i; a percent sign itself is %%.")]
    [InlineData("apache", "%h %Y", "The Apache directive '%Y' is not known. See mod_log_config for those that are.")]
    [InlineData("apache", null, "The format apache needs a layout after a colon, such as --format 'apache:%h %t \"%r\" %>s'.")]
    public void Layouts_that_cannot_be_read_are_explained(string format, string? layout, string message)
    {
        var failure = Assert.Throws<UserException>(() => LogFormats.Find(format).Bind(new() { Layout = layout }));

        Assert.Equal(message, failure.Message);
        Assert.Equal(UserException.Usage, failure.ExitCode);
    }

    static LayoutOracle OracleOf(string format, FormatCase found)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(found.Options.GetValueOrDefault("tz", "UTC"));
        return format switch
        {
            "nginx" => LayoutOracle.OfNginx(LogFormats.Parse(found.Options["format"]).Layout!, zone),
            "apache" => LayoutOracle.OfApache(LogFormats.Parse(found.Options["format"]).Layout!, zone),
            _ => Fixed[format](zone),
        };
    }

    static void AssertReadAlike(LineParser parser, LayoutOracle oracle, byte[] line, int seed)
    {
        var expected = oracle.Read(line);
        AssertAlike(parser, parser.Parse(line) == LineOutcome.Event, expected, line, seed);

        // Again as a scan reads it: the line's quotes are known, and its minute was met before.
        var marks = new LineMarks();
        var rest = (ReadOnlySpan<byte>)line;
        var taken = marks.TakeLine(line, ref rest, out var quotes);
        if (taken.Length == line.Length)
        {
            AssertAlike(parser, parser.Parse(taken, quotes) == LineOutcome.Event, expected, line, seed);
        }
    }

    static void AssertAlike(LineParser parser, bool isEvent, OracleReading expected, byte[] line, int seed)
    {
        var fields = parser.Fields;
        var isAlike = isEvent == expected.Values is not null && (isEvent
            ? expected.Values!.Zip(fields.Values, (one, other) => IsAlike(line, one, other)).All(same => same)
            : fields.RejectPosition == expected.Position && (IsNameless(expected.Reason!) || fields.RejectReason == expected.Reason));
        Assert.True(
            isAlike,
            $"seed {seed}\n{Encoding.Latin1.GetString(line)}\nexpected {expected}\nactual   {(isEvent ? string.Join(" | ", fields.Values.Select(value => Show(line, value))) : $"reject: {fields.RejectReason} at {fields.RejectPosition}")}");
    }

    // The oracle does not know the names of rare fields.
    static bool IsNameless(string reason) => reason.Contains("around  is", StringComparison.Ordinal) || reason.Contains("before  does", StringComparison.Ordinal);

    static bool IsAlike(byte[] line, OracleValue? expected, FieldValue actual) =>
        expected is null ? !actual.HasValue : actual.HasValue && expected.Text == Text(line, actual) && (expected.Number is null || expected.Number == actual.Number);

    static string Text(byte[] line, FieldValue value) => Encoding.Latin1.GetString(line, value.Start, value.Length);

    static string Show(byte[] line, FieldValue value) => value.HasValue ? $"{Text(line, value)} ({value.Number})" : "NULL";
}
