using System.Text;
using System.Text.Json;
using Millrace.Parsing;
using Millrace.Parsing.Own;
using Millrace.Queries;
using Millrace.Tests.Parsing.Formats;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Parsing.Own;

public sealed class OwnFormatsTests
{
    [Fact]
    public void Every_type_is_read()
    {
        var read = Read(
            """{client_ip:ip:port} {user} [{timestamp:%d/%b/%Y:%H:%M:%S %z}] "{request:request}" {status} {bytes} {took:ms} {wait:seconds} {ratio:number} {n:int} {{{tag}}} {level} '{message}'""",
            """192.0.2.7:4711 ann [22/Nov/2026:11:00:00 +0100] "GET /orders/17?a=b HTTP/1.1" 200 5316 12.5 0.25 -1.5e3 42 {x} warning 'all is well'""");

        Assert.Equal(
            [
                "timestamp: 2026-11-22T10:00:00Z", "client_ip: 192.0.2.7", "user: ann", "method: GET", "path: /orders/17", "query: a=b", "endpoint: /orders/{id}", "protocol: HTTP/1.1",
                "status: 200", "bytes: 5316", "duration_us: 12500", "level: WARN", "message: all is well", "wait: 250000", "ratio: -1500", "n: 42", "tag: x",
            ],
            read.Where(line => line.Split(':')[0] is not ("raw" or "file" or "line")));
    }

    [Theory]
    [InlineData("{timestamp:iso} {level} {message}", "2026-11-22 10:00:00.5 INFO a", "2026-11-22T10:00:00.5Z")]
    [InlineData("{timestamp:iso} {level} {message}", "2026-11-22T10:00:00+01:00 INFO a", "2026-11-22T09:00:00Z")]
    [InlineData("{timestamp:clf} {message}", "22/Nov/2026:10:00:00 +0100 a", "2026-11-22T09:00:00Z")]
    [InlineData("[{timestamp:clf}] {message}", "[22/Nov/2026:10:00:00 +0100] a", "2026-11-22T09:00:00Z")]
    [InlineData("{timestamp:epoch} {message}", "1795341600.5 a", "2026-11-22T10:00:00.5Z")]
    [InlineData("{timestamp} {message}", "1795341600123 a", "2026-11-22T10:00:00.123Z")]
    [InlineData("{timestamp:%b %e %H:%M:%S} {host} {message}", "Nov  2 10:00:00 web-1 a", "2026-11-02T10:00:00Z")]
    [InlineData("{timestamp:%b %e %H:%M:%S} {host} {message}", "Dec 31 23:59:59 web-1 a", "2025-12-31T23:59:59Z")]
    [InlineData("{timestamp:%b %e %H:%M:%S} {host} {message}", "Feb 29 10:00:00 web-1 a", "2024-02-29T10:00:00Z")]
    [InlineData("{timestamp:%a %b %d %I:%M:%S.%f %p %Z %Y} {message}", "Sun Nov 22 12:00:00.25 AM PST 2026 a", "2026-11-22T08:00:00.25Z")]
    [InlineData("{timestamp:%Y-%j %T,%L} {message}", "2026-326 10:00:00,123 a", "2026-11-22T10:00:00.123Z")]
    [InlineData("{timestamp:%s.%f} {message}", "1795341600.000250 a", "2026-11-22T10:00:00.00025Z")]
    [InlineData("{timestamp:%-d.%-m.%y %R 100%%} {message}", "2.1.26 10:30 100% a", "2026-01-02T10:30:00Z")]
    public void Times_are_read_as_their_pattern_says(string pattern, string line, string expected) =>
        Assert.Contains($"timestamp: {expected}", Read(pattern, line));

    [Theory]
    [InlineData("{timestamp:%d/%b/%Y:%H:%M:%S} {message}", "31/Apr/2026:10:00:00 a", "timestamp is not a time like %d/%b/%Y:%H:%M:%S", 0)]
    [InlineData("{timestamp:%d/%b/%Y:%H:%M:%S} {message}", "30/Apr/2026:24:00:00 a", "timestamp is not a time like %d/%b/%Y:%H:%M:%S", 0)]
    [InlineData("{timestamp:%d/%b/%Y:%H:%M:%S} {message}", "30/Apr/2026:10:00:00.5 a", "timestamp is not a time like %d/%b/%Y:%H:%M:%S", 0)]
    [InlineData("{timestamp:iso} {message}", "2026-11-22 10:00", "timestamp is not a time like 2026-11-22T10:00:00Z", 0)]
    [InlineData("{a} {client_ip:ip} {b}", "x 192.0.2.256 y", "client_ip is not an address", 2)]
    [InlineData("{a} {client_ip:ip} {b}", "x 192.0.2.7:80 y", "client_ip is not an address", 2)]
    [InlineData("{a} {client_ip:ip:port} {b}", "x [2001:db8::7]:99999999 y", "client_ip is not an address", 2)]
    [InlineData("{a} {ratio:number} {b}", "x NaN y", "ratio is not a number", 2)]
    [InlineData("{a} {ratio:number} {b}", "x 1e999 y", "ratio is not a number", 2)]
    [InlineData("{{x}} {a}", "[x] y", "the line does not begin as the layout does", 0)]
    public void What_is_not_of_the_pattern_is_a_reject(string pattern, string line, string reason, int position)
    {
        var parser = Bind(pattern).CreateParser();

        Assert.Equal(LineOutcome.Reject, parser.Parse(Encoding.UTF8.GetBytes(line)));
        Assert.Equal((reason, position), (parser.Fields.RejectReason, parser.Fields.RejectPosition));
    }

    [Fact]
    public void A_time_is_read_the_same_whatever_was_read_before()
    {
        var parser = Bind("{timestamp:%Y-%m-%dT%H:%M:%S%z}:{n:int} {message}").CreateParser();

        Assert.Equal(LineOutcome.Event, parser.Parse("2026-11-22T10:00:00+01:7 a"u8));
        Assert.Equal(LineOutcome.Reject, parser.Parse("2026-11-22T10:00:00+01:30 a"u8));
    }

    [Theory]
    [InlineData("""{"formats": {"a": {"pattern": "{x}{y}"}}}""", 1, "The layout has nothing between 'x' and 'y', so the end of the first cannot be told. Put a character between them.")]
    [InlineData("{\"formats\": {\n\"a\": {\n\"pattern\": \"{x:float}\"}}}", 3, "The field 'x' is of the type 'float', which is not known. Expected text, quoted, int, number, status, ip, ip:port, seconds, ms, us, time, iso, clf, epoch, request, url, level, or a time pattern such as %d/%b/%Y:%H:%M:%S %z.")]
    [InlineData("{\"formats\": {\n\"combined\": {\"pattern\": \"{x}\"}}}", 2, "'combined' is the name of a built-in format. Give yours another.")]
    [InlineData("{\"formats\": {\"a\": {\"pattern\": \"{x}\"},\n\"a\": {\"pattern\": \"{x}\"}}}", 2, "There are two formats called 'a'.")]
    [InlineData("{\"formats\": {\"a b\": {\"pattern\": \"{x}\"}}}", 1, "'a b' cannot name a format. Expected letters, digits, '-', '_' and '.'.")]
    [InlineData("""{"formats": {"a": {"summary": "x"}}}""", 1, "The format 'a' has no pattern.")]
    [InlineData("{\"formats\": {\"a\": {\"pattern\": \"{x}\",\n\"patern\": \"\"}}}", 2, "A format has no 'patern'. Expected pattern, summary, service, caller, example or tail.")]
    [InlineData("{\"formats\": {\"a\": {\"pattern\": 1}}}", 1, "Expected a text.")]
    [InlineData("{\"formats\": {\"a\": {\"pattern\": \"{x}\",\n\"service\": \"nobody\"}}}", 2, "The rule 'nobody' is not known. Expected name:TEXT, file:{service}-{date}.txt, key:logs/{service}/{date}/, path:N, user, agent, host, field:NAME, masked-user or machine-agent.")]
    [InlineData("{\"formats\": {\"a\": {\"pattern\": \"{x:int}\",\n\"example\": \"17 \"}}}", 2, "The example of 'a' is not read by its pattern: there is more after the last field, at byte 3.")]
    [InlineData("""{"formats": {"a": {"pattern": "no field"}}}""", 1, "The pattern has no field. Expected at least one, such as {message}.")]
    [InlineData("""{"formats": {"a": {"pattern": "{x} {x}"}}}""", 1, "The pattern has the field 'x' more than once. Give each a name of its own.")]
    [InlineData("""{"formats": {"a": {"pattern": "{x"}}}""", 1, "The field at position 1 of the pattern is not closed. Expected {name} or {name:type}; a brace itself is written twice: {{.")]
    [InlineData("""{"formats": {"a": {"pattern": "x} {y}"}}}""", 1, "The pattern has a '}' at position 2 that closes nothing. A brace itself is written twice: }}.")]
    [InlineData("""{"formats": {"a": {"pattern": "{} x"}}}""", 1, "The field at position 1 of the pattern is called ''. Expected a name of letters, digits and underscores, such as {client_ip}.")]
    [InlineData("""{"formats": {"a": {"pattern": "{raw} x"}}}""", 1, "The field 'raw' has the name of a column that every event has of itself. Give it another name.")]
    [InlineData("""{"formats": {"a": {"pattern": "{bytes:text} x"}}}""", 1, "The field 'bytes' gives the column of that name, which cannot be made from its type. Expected int or status, or another name.")]
    [InlineData("""{"formats": {"a": {"pattern": "{t:%H:%M} x"}}}""", 1, "The time pattern '%H:%M' does not tell the day. Expected a day and a month (%d %b), a day of the year (%j) or seconds since 1970 (%s).")]
    [InlineData("""{"formats": {"a": {"pattern": "{t:%Q} x"}}}""", 1, "The time pattern '%Q' has '%Q', which is not known. Expected %Y %y %m %b %B %d %e %j %H %k %I %l %p %M %S %f %L %z %Z %s %a %A %F %T %R %D or %%.")]
    [InlineData("""{"formats": {"a": {"pattern": "{t:%j} x"}}}""", 1, "The time pattern '%j' has a day of the year without the year. Expected %Y or %y beside %j.")]
    [InlineData("""{"formats": {"a": {"pattern": "{t:%F %I:%M} x"}}}""", 1, "The time pattern '%F %I:%M' has one of %I and %p without the other; an hour of the day is %H.")]
    [InlineData("""{"sources": {}}""", 1, "There is no setting 'sources'. Expected formats.")]
    [InlineData("[]", 1, "Expected an object with \"formats\".")]
    public void What_cannot_be_is_told_with_its_line(string json, int line, string message)
    {
        var failure = Assert.Throws<UserException>(() => OwnFormats.Read(Encoding.UTF8.GetBytes(json), "millrace.json"));

        Assert.Equal($"millrace.json, line {line}: {message}", failure.Message);
        Assert.Equal(UserException.Usage, failure.ExitCode);
    }

    [Theory]
    [InlineData("{\n\"formats\": {\n", 3)]
    [InlineData("{\n\"formats\" {}}", 2)]
    [InlineData("", 1)]
    [InlineData("{\"formats\": {}} x", 1)]
    public void What_is_no_JSON_is_told_with_its_line(string json, int line)
    {
        var failure = Assert.Throws<UserException>(() => OwnFormats.Read(Encoding.UTF8.GetBytes(json), "millrace.json"));

        Assert.StartsWith($"millrace.json, line {line}: this is no JSON. ", failure.Message);
    }

    [Fact]
    public void A_format_of_ones_own_is_picked_before_a_built_in_one_that_reads_as_much()
    {
        const string line = "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 5";
        var formats = Table("""{client_ip} - - [{timestamp:clf}] "{request:request}" {status} {size:int}""");

        Assert.Equal("mine", FormatDetector.Best(new() { Head = Encoding.UTF8.GetBytes(line) }, isWhole: true, formats)!.Format.Name);
        Assert.Equal("common", FormatDetector.Best(new() { Head = Encoding.UTF8.GetBytes(line) }, isWhole: true)!.Format.Name);
    }

    [Fact]
    public void A_format_of_ones_own_may_read_JSON_as_text()
    {
        const string line = """{"message":"it failed"}""";
        var formats = Table("""{{"message":"{message}"}}""");

        Assert.Equal("mine", FormatDetector.Best(new() { Head = Encoding.UTF8.GetBytes(line) }, isWhole: true, formats)!.Format.Name);
        Assert.Equal("json", FormatDetector.Best(new() { Head = Encoding.UTF8.GetBytes(line) }, isWhole: true)!.Format.Name);
    }

    [Theory]
    [InlineData("{a} {b}", false)]
    [InlineData("{a}|{b}", true)]
    [InlineData("{a:int}", true)]
    public void A_pattern_that_reads_anything_is_never_told_by_itself(string pattern, bool canBeDetected) =>
        Assert.Equal(canBeDetected, Table(pattern).Own[0].CanBeDetected);

    [Fact]
    public void A_query_reads_a_format_of_ones_own()
    {
        var options = Some.Options(Some.Store(("a.log", "7|2026-11-22 10:00:00|slow\n8|2026-11-22 10:00:01|fast\n"))) with { Formats = Table("{n:int}|{at:%F %T}|{message}") };
        using var session = new QuerySession(options);

        Assert.Equal(["7|2026-11-22T10:00:00Z|slow", "8|2026-11-22T10:00:01Z|fast"], session.Rows("SELECT n, timestamp, message FROM logs('s3://logs/a.log', format := 'mine') ORDER BY n"));
        Assert.Equal(["2"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log') WHERE n > 0"));
    }

    static IReadOnlyList<string> Read(string pattern, string line) => new EventText(Bind(pattern), "a.log", new NamingRules()).Read(Encoding.UTF8.GetBytes(line));

    static FormatBinding Bind(string pattern) => Table(pattern).Own[0].Bind(new() { AsOf = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) })!;

    static FormatTable Table(string pattern) =>
        OwnFormats.Read(JsonSerializer.SerializeToUtf8Bytes(new { formats = new { mine = new { pattern } } }), "millrace.json");
}
