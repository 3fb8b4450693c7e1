using System.Globalization;
using Millrace.Events;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Queries;
using Millrace.Queries.Conditions;
using Millrace.Reports;
using Millrace.Search;
using Millrace.Tests.Queries;
using Millrace.Tests.Reports;

namespace Millrace.Tests.Lake;

/// <summary>Conditions mean the same over a lake as over the raw logs, whether rollups answer or events do.</summary>
public sealed class LakeConditionTests(LakeConditionTests.CallsInLake calls) : IClassFixture<LakeConditionTests.CallsInLake>
{
    static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 30, 0, TimeSpan.Zero);

    static readonly (string Since, string Until)[] Ranges =
    [
        ("2026-11-20T00:00:00Z", "2026-11-23T23:59:59.999999Z"),
        ("2026-11-20T21:45:00.5Z", "2026-11-22T18:07:30Z"),
        ("2026-11-21T10:00:00Z", "2026-11-21T14:59:59.999999Z"),
        ("2026-11-21T09:50:10Z", "2026-11-21T13:20:20Z"),
    ];

    static readonly string[] OnKeys =
    [
        "service=s1", "service!=s0,s2", "service=", "service!=", "service~1", "!service=s1", "service>s1", "caller=c1", "caller=",
        "not caller=c0,c1", "caller!~c1,2", "method=GET", "method!=GET", "method=",
        "endpoint~/p1", "endpoint=/p2/{id}", "endpoint!=", "status=5xx", "status!=2xx", "status=200,404", "status!=200,5xx", "status>=500",
        "status<300", "not status>=400", "status=", "status~0",
    ];

    static readonly string[] OnOthers =
    [
        "duration>100ms", "duration<=1.5ms", "duration=", "not duration>0.1s", "bytes>=2kB", "client_ip=10.0.0.0/8",
        "client_ip!=10.0.0.0/8,2001:db8::/32", "client_ip=", "level>=WARN", "level=info,error", "level=", "!level=error",
        "path~/7", "path!=/p1/1", "user=\"größer, x\",ann", "user!=ann", "file~calls", "line<3000",
    ];

    readonly TemporaryLake _lake = calls.Lake;
    readonly string _log = calls.Log;

    [Fact]
    public async Task A_report_with_conditions_over_the_lake_equals_the_one_over_the_logs()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        SqlReport[] adding = [ReportTable.Status, ReportTable.Traffic, ReportTable.Endpoints];
        (SqlReport Report, string? By)[] reports = [.. adding.SelectMany(report => report.Parts.Keys.Append(null).Select(by => (report, by)))];
        var (rolled, read, filled) = (0, 0, 0);
        for (var i = 0; i < 35; i++)
        {
            var (report, by) = reports[i % reports.Length];
            var (since, until) = Ranges[random.Next(Ranges.Length)];
            var where = SomeConditions(random);

            var request = new ReportCall(report, [_log]) { By = by, CountsExternal = true, Where = where };

            var (expected, actual, table) = await RunAsync(_lake, request, since, until);

            var asked = $"{report.Name} by {by} from {since} to {until} where {string.Join<Condition>(" and ", where)}";
            Assert.True(expected == actual, $"seed {seed}: {asked}:\n{expected}\nand over the lake\n{actual}");
            Assert.Equal(where.All(condition => OnKeys.Contains(condition.ToString())), table.IsRolledUp);
            rolled += table.IsRolledUp ? 1 : 0;
            read += table.IsRolledUp ? 0 : 1;
            filled += expected.Length > 0 ? 1 : 0;
        }

        Assert.True(rolled > 5 && read > 5 && filled > 20, $"seed {seed}: {rolled} were answered from rollups, {read} from events, {filled} had rows.");
    }

    [Fact]
    public async Task Every_condition_counts_alike_in_logs_and_lake()
    {
        var (since, until) = Ranges[1];
        using var raw = new ReportSession(Options(since, until));
        using var lake = new ReportSession(Options(since, until));
        foreach (var text in OnKeys.Concat(OnOthers))
        {
            var request = new ReportCall(ReportTable.Status, [_log]) { Where = [Condition.Parse(text)] };
            var table = await TableAsync(_lake, request, since, until);
            raw.Runner.Run(request);
            lake.Runner.Run(request with { Table = table });

            var expected = raw.Runner.EventsThatMeet(request.Table);

            Assert.True(expected > 0 && (expected < raw.Runner.EventsInRange(request.Table) || text == "file~calls"), $"{text} is met by {expected}");
            Assert.Equal((text, expected), (text, lake.Runner.EventsThatMeet(table)));
            Assert.Equal(raw.Runner.EventsInRange(request.Table), lake.Runner.EventsInRange(table));
        }
    }

    [Fact]
    public async Task A_search_with_conditions_finds_as_many_in_logs_and_lake()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            var (since, until) = Ranges[random.Next(Ranges.Length)];
            var query = new SearchQuery { Filters = SomeConditions(random), OnlyCounts = true };
            var events = await new LakeEvents(_lake.Table, await _lake.Table.ReadAsync(default)).InAsync(Time(since), Time(until), default);
            using var session = new QuerySession(Options(since, until));

            var inLogs = await new LogSearch(Options(since, until), query).RunAsync([_log], static (scoped in _) => { });

            var inLake = new RowSearch(session, query).Run(events.Sql, static (scoped in _) => { });
            var asked = $"from {since} to {until} where {string.Join(" and ", query.Filters)}";
            Assert.True(inLogs == inLake, $"seed {seed}: {inLogs} in the logs, {inLake} in the lake, {asked}");
            Assert.Equal([$"{inLogs}"], session.Rows($"SELECT COUNT(*) FROM ({events.Filtered(query.Filters).Sql})"));
        }
    }

    [Theory]
    [InlineData("service=s1", "day", true)]
    [InlineData("status=5xx", "hour", true)]
    [InlineData("not endpoint~/p1", "minute", true)]
    [InlineData("client_ip=10.0.0.0/8", "", false)]
    [InlineData("duration>1s", "", false)]
    public async Task Rollups_answer_conditions_on_their_keys_alone(string where, string grain, bool isRolledUp)
    {
        var request = new ReportCall(ReportTable.Status, [_log]) { Where = [Condition.Parse(where)] };

        var table = await TableAsync(_lake, request, Ranges[1].Since, Ranges[1].Until);

        Assert.Equal(isRolledUp, table.IsRolledUp);
        Assert.Equal(isRolledUp, table.Sql.Contains($"grain = '{grain}'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("service=c1", true)]
    [InlineData("service!=c0", true)]
    [InlineData("line<500", false)]
    [InlineData("file~a.json", false)]
    public async Task Metrics_are_answered_from_windows_where_only_the_service_is_asked_for(string where, bool isRolledUp)
    {
        using var lake = new TemporaryLake();
        var log = lake.Log("a.json", string.Concat(Enumerable.Range(0, 1500).Select(Measurement)));
        await lake.IngestAsync(log, _log);
        var request = new ReportCall(ReportTable.Metrics, [log]) { Where = [Condition.Parse(where)] };

        var (expected, actual, table) = await RunAsync(lake, request, "2026-11-21T10:02:00Z", "2026-11-21T10:23:10Z");

        Assert.Contains("metricName=cpu", expected, StringComparison.Ordinal);
        Assert.Equal(expected, actual);
        Assert.Equal(isRolledUp, table.IsRolledUp);
    }

    [Fact]
    public void A_report_that_its_conditions_empty_says_how_many_events_there_are()
    {
        using var session = new ReportSession(Options(Ranges[0].Since, Ranges[0].Until));
        var request = new ReportCall(ReportTable.Status, [_log]) { Where = [Condition.Parse("service=nobody")] };

        Assert.True(session.Runner.Run(request).IsEmpty());
        Assert.Equal(8000, session.Runner.EventsInRange(request.Table));
        Assert.Equal(0, session.Runner.EventsThatMeet(request.Table));
        Assert.Equal(8000, session.Runner.Span(request.Table).Events);
    }

    static string Measurement(int i)
    {
        var time = $"2026-11-21T10:{i / 60:00}:{i % 60:00}Z";
        var name = i % 2 == 0 ? "cpu" : "ram";
        return $$"""{"componentName":"c{{i % 3}}","metricName":"{{name}}","unit":"percent","value":{{i % 97}}.5,"publicationTimestamp":"{{time}}"}{{"\n"}}""";
    }

    static Condition[] SomeConditions(Random random)
    {
        var from = random.Next(2) == 0 ? OnKeys : [.. OnKeys, .. OnOthers];
        var some = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition.Parse(from[random.Next(from.Length)]));
        return [.. some.DistinctBy(condition => condition.Column)];
    }

    /// <summary>A dozen kinds of calls in few minutes, so that rollups have minutes; each value is missing now and then.</summary>
    static IEnumerable<string> Calls(Random random)
    {
        string[] levels = ["INFO", "WARN", "ERROR"];
        string[] addresses = ["10.1.2.3", "192.0.2.7", "2001:db8::7", "::ffff:10.9.9.9"];
        for (var i = 0; ; i++)
        {
            var time = Start.AddMinutes(random.Next(60) * 52).AddMicroseconds(random.NextInt64(60_000_000));
            var kind = random.Next(12);
            string?[] fields =
            [
                kind == 11 ? null : $"\"service\":\"s{kind % 4}\"",
                kind % 3 == 0 ? null : $"\"caller\":\"c{kind % 5}\"",
                kind == 9 ? null : $"\"method\":\"{(kind % 2 == 0 ? "GET" : "POST")}\"",
                kind == 10 ? null : $"\"path\":\"/p{kind % 6}/{i % 50}\"",
                kind == 8 ? null : $"\"status\":{(kind == 7 ? 503 : kind == 6 ? 404 : 200)}",
                kind == 5 ? null : $"\"duration_us\":{kind * 30_000}",
                $"\"bytes\":{random.Next(5000)}",
                random.Next(6) == 0 ? null : $"\"client_ip\":\"{addresses[random.Next(addresses.Length)]}\"",
                random.Next(6) == 0 ? null : $"\"user\":\"{(random.Next(2) == 0 ? "ann" : "größer, x")}\"",
                random.Next(6) == 0 ? null : $"\"level\":\"{levels[random.Next(levels.Length)]}\"",
            ];
            yield return $"{{{string.Join(',', fields.OfType<string>().Prepend($"\"time\":\"{time:yyyy-MM-ddTHH:mm:ss.ffffffZ}\""))}}}\n";
        }
    }

    static async Task<(string Expected, string Actual, EventTable Table)> RunAsync(TemporaryLake lake, ReportCall request, string since, string until)
    {
        using var overLogs = new ReportSession(Options(since, until));
        using var overLake = new ReportSession(Options(since, until));
        var table = await TableAsync(lake, request, since, until);
        return (Show(overLogs.Runner.Run(request)), Show(overLake.Runner.Run(request with { Table = table })), table);
    }

    static async Task<EventTable> TableAsync(TemporaryLake lake, ReportCall request, string since, string until) =>
        await new LakeEvents(lake.Table, await lake.Table.ReadAsync(default)).OfAsync(request, Time(since), Time(until), default);

    static QueryOptions Options(string since, string until) => TemporaryLake.Options with { Since = Time(since), Until = Time(until) };

    static string Show(ReportResult result) =>
        string.Join('\n', ReportSession.Rows(result).Select(row => string.Join('|', row.Select(cell => $"{cell.Key}={cell.Value}"))));

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Calls as a log, and in a lake.</summary>
    public sealed class CallsInLake : IAsyncLifetime
    {
        internal TemporaryLake Lake { get; } = new();

        internal string Log { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Log = Lake.Log("calls.json", string.Concat(Calls(new Random(7)).Take(8000)));
            await TemporaryLake.IngestAsync(Lake.Table, new IngestOptions { Query = TemporaryLake.Options, KeepsRaw = true }, Log);
        }

        public ValueTask DisposeAsync()
        {
            Lake.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
