using System.Globalization;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class ReportTests
{
    const string Source = "s3://logs/";

    [Fact]
    public void Quantiles_are_within_one_percent_and_do_not_depend_on_threads_or_order()
    {
        var seed = System.Random.Shared.Next();
        var random = new System.Random(seed);
        var durations = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 17)).ToArray();
        var lines = durations.Select((duration, i) => Json(status: i % 4 == 0 ? 500 : 200, durationUs: duration)).ToArray();

        var report = Status(lines, threads: 2);
        var fromOneThread = Status(lines, threads: 1);
        random.Shuffle(lines);

        Assert.Equal(Show(report), Show(fromOneThread));
        Assert.Equal(Show(report), Show(Status(lines, threads: 2)));
        foreach (var row in report)
        {
            var ofStatus = durations.Where((_, i) => (i % 4 == 0 ? "500" : "200") == row["status"]).Order().ToArray();
            foreach (var percent in new[] { 50, 95, 99 })
            {
                // The least duration up to which the share lies, in milliseconds as reports round them.
                var exact = ofStatus[((ofStatus.Length * percent) + 99) / 100 - 1] / 1000.0;
                Assert.InRange(double.Parse(row[$"p{percent}DurationMs"]!, CultureInfo.InvariantCulture), (exact * 0.99) - 0.0005, (exact * 1.01) + 0.0005);
            }

            Assert.Equal(Math.Round(ofStatus.Sum() / (double)ofStatus.Length / 1000, 3).ToString("R", CultureInfo.InvariantCulture), row["avgDurationMs"]);
        }
    }

    [Theory]
    [MemberData(nameof(ReportsWithQuantiles))]
    public void Quantiles_rise_and_never_exceed_the_longest_duration(string name, string? by)
    {
        var report = ReportTable.All.Single(one => one.Name == name);
        var seed = System.Random.Shared.Next();
        var calls = SomeCalls.From(new System.Random(seed), 3000);
        using var session = Session(("a.json", Lines([.. calls.Select(call => call.Json)])));

        var rows = ReportSession.Rows(session.Runner.Run(new ReportRequest(report, [Source]) { By = by, CountsExternal = true }));

        SomeCalls.AssertQuantiles(rows, calls, $"{name} by {by}, seed {seed}");
    }

    public static TheoryData<string, string?> ReportsWithQuantiles => SomeCalls.ReportsWithQuantiles;

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.001")]
    [InlineData(1_000_000, "1000")]
    [InlineData(86_400_000_000, "86400000")]
    public void A_single_duration_is_each_of_its_quantiles(long micros, string expected)
    {
        var row = Assert.Single(Status([Json(200, micros)]));

        Assert.All(new[] { "p50DurationMs", "p95DurationMs", "p99DurationMs" }, column =>
            Assert.InRange(double.Parse(row[column]!, CultureInfo.InvariantCulture), double.Parse(expected, CultureInfo.InvariantCulture) * 0.99, double.Parse(expected, CultureInfo.InvariantCulture) * 1.01));
    }

    [Fact]
    public void Measures_that_the_format_does_not_have_are_absent()
    {
        using var session = Session(("a.log", Queries.Some.Combined(10)));

        var status = session.Runner.Run(new ReportRequest(ReportTable.Status, [Source]));

        Assert.Equal(["avgDurationMs", "p50DurationMs", "p95DurationMs", "p99DurationMs"], status.Absent.Order(StringComparer.Ordinal));
        Assert.Equal("200 10 1 45", Assert.Single(ReportSession.Rows(status).Select(row => $"{row["status"]} {row["requests"]} {row["share"]} {row["bytes"]}")));
    }

    [Fact]
    public void Errors_are_statuses_from_500_and_levels_from_error()
    {
        using var session = Session(("a.json", Lines(
            """{"time":"2026-11-22T10:00:00Z","service":"b","caller":"a","status":499}""",
            """{"time":"2026-11-22T10:00:00Z","service":"b","caller":"a","status":500}""",
            """{"time":"2026-11-22T10:00:00Z","service":"b","caller":"a","level":"error"}""",
            """{"time":"2026-11-22T10:00:00Z","service":"b","caller":"a","level":"warn"}""",
            """{"time":"2026-11-22T10:00:00Z","service":"c","caller":"a","message":"neither"}""")));

        var rows = session.Rows(ReportTable.Traffic, Source);

        Assert.Equal(["a b 4 2 0.5", "a c 1  "], rows.Select(row => $"{row["source"]} {row["target"]} {row["totalRequests"]} {row["errors"]} {row["errorRate"]}"));
    }

    [Theory]
    [InlineData("service", "orders 200 2|orders 500 1| 200 1")]
    [InlineData("endpoint", "/orders/{id} 200 2|/orders/{id} 500 1| 200 1")]
    [InlineData("hour", "2026-11-22T10:00:00Z 200 1|2026-11-22T10:00:00Z 500 1|2026-11-22T11:00:00Z 200 1|2026-11-23T11:00:00Z 200 1")]
    [InlineData("day", "2026-11-22T00:00:00Z 200 2|2026-11-22T00:00:00Z 500 1|2026-11-23T00:00:00Z 200 1")]
    public void Status_may_be_told_by(string part, string expected)
    {
        using var session = Session(("a.json", Lines(
            """{"time":"2026-11-22T10:00:00Z","service":"orders","path":"/orders/17","status":200}""",
            """{"time":"2026-11-22T10:59:59.9Z","service":"orders","path":"/orders/18","status":500}""",
            """{"time":"2026-11-22T11:00:00Z","service":"orders","path":"/orders/19","status":200}""",
            """{"time":"2026-11-23T11:00:00Z","status":200}""")));

        var rows = session.Rows(ReportTable.Status, Source, by: part);

        Assert.Equal(expected.Split('|'), rows.Select(row => $"{row[part]} {row["status"]} {row["requests"]}"));
        Assert.All(rows.GroupBy(row => row[part]), group => Assert.Equal(1, group.Sum(row => double.Parse(row["share"]!, CultureInfo.InvariantCulture)), 5));
    }

    [Fact]
    public void A_part_that_a_report_does_not_have_is_explained()
    {
        using var session = Session(("a.log", Queries.Some.Combined(1)));

        var failure = Assert.Throws<UserException>(() => session.Rows(ReportTable.Status, Source, by: "colour"));

        Assert.Equal("'status' cannot be told by 'colour'. Expected service, endpoint, hour, day.", failure.Message);
        Assert.Equal(UserException.Usage, failure.ExitCode);
    }

    [Fact]
    public void A_report_of_nothing_is_empty()
    {
        using var session = new ReportSession(Queries.Some.Options(Queries.Some.Store(("a.log", Queries.Some.Combined(10)))) with
        {
            Since = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        });

        Assert.All(ReportTable.All, report => Assert.True(session.Runner.Run(new ReportRequest(report, [Source])).IsEmpty()));
        Assert.Equal(0, session.Runner.EventsInRange(EventTable.OfLogs([])));
        Assert.Equal(new SourceSpan(10, 0, 0, "2026-11-22T10:00:00Z", "2026-11-22T10:00:09Z"), session.Runner.Span(EventTable.OfLogs([Source])));
    }

    [Fact]
    public void Names_may_hold_quotes_spaces_and_any_letter()
    {
        const string Caller = "o'rder-\\\"service\\\"-é🙂";
        using var session = Session(("in/it's a log.json", $$"""{"time":"2026-11-22T10:00:00Z","service":"zahlung; DROP TABLE x","caller":"{{Caller}}","path":"/käse/17","status":200}""" + "\n"));

        var row = Assert.Single(session.Rows(ReportTable.Traffic, "s3://logs/in/it's a log.json"));

        Assert.Equal("o'rder-\"service\"-é🙂", row["source"]);
        Assert.Equal("zahlung; DROP TABLE x", row["target"]);
        Assert.Equal("/käse/{id}", Assert.Single(session.Rows(ReportTable.Endpoints, "s3://logs/in/it's a log.json"))["endpoint"]);
    }

    [Fact]
    public void A_run_id_is_in_every_row()
    {
        using var session = Session(("a.log", Queries.Some.Combined(5) + Queries.Some.Combined(5, status: 404)));

        var rows = ReportSession.Rows(session.Runner.Run(new ReportRequest(ReportTable.Status, [Source]) { RunId = "it's 1" }));

        Assert.Equal(["it's 1", "it's 1"], rows.Select(row => row["runId"]));
    }

    [Fact]
    public void Endpoints_come_with_the_most_requests_first_also_when_there_are_many()
    {
        var lines = string.Concat(Enumerable.Range(0, 150_000).Select(i => $"10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /{Word(i)} HTTP/1.1\" 200 1 \"-\" \"x\"\n"));
        using var session = Session(("a.log", lines + lines[..(lines.Length / 3)]));

        var rows = session.Rows(ReportTable.Endpoints, Source);

        Assert.Equal(150_000, rows.Count);
        Assert.Equal(rows.OrderByDescending(row => int.Parse(row["requests"]!, CultureInfo.InvariantCulture)).ThenBy(row => row["endpoint"], StringComparer.Ordinal).Select(row => row["endpoint"]), rows.Select(row => row["endpoint"]));
    }

    [Fact]
    public void Metrics_of_single_values_are_put_into_windows_of_five_minutes()
    {
        using var session = Session(("a.json", Lines(Metric("10:04:59.999999", 1), Metric("10:05:00", 2), Metric("10:09:59", 4), Metric("23:59:59", 1e30), Metric("23:59:58", -1e30))));

        var rows = session.Rows(ReportTable.Metrics, Source);

        Assert.Equal(
            ["2026-11-22T10:00:00Z 2026-11-22T10:05:00Z 1 1 1", "2026-11-22T10:05:00Z 2026-11-22T10:10:00Z 2 4 2", "2026-11-22T23:55:00Z 2026-11-23T00:00:00Z -1E+30 1E+30 2"],
            rows.Select(row => $"{row["fromTimestamp"]} {row["toTimestamp"]} {row["minValue"]} {row["maxValue"]} {row["count"]}"));
        Assert.Equal(["1", "3"], rows.Take(2).Select(row => row["avgValue"]));
    }

    static string Metric(string time, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"componentName":"a","metricName":"cpu","unit":"percent","value":{{value}},"publicationTimestamp":"2026-11-22T{{time}}Z"}""");

    // Letters alone, so that no part of a path looks like an id.
    static string Word(int number) => string.Concat(Enumerable.Range(0, 5).Select(i => (char)('a' + (number / (int)Math.Pow(12, i) % 12))));

    static string Json(int status, long durationUs) => $$"""{"time":"2026-11-22T10:00:00Z","path":"/a","status":{{status}},"duration_us":{{durationUs}}}""";

    static string Lines(params string[] lines) => string.Join('\n', lines) + "\n";

    static List<Dictionary<string, string?>> Status(string[] lines, int threads = 2)
    {
        // Several files, so that threads meet.
        var files = lines.Chunk((lines.Length / 4) + 1).Select((chunk, i) => ($"{i}.json", Lines(chunk))).ToArray();
        using var session = new ReportSession(Queries.Some.Options(Queries.Some.Store(files)) with { Threads = threads });
        return session.Rows(ReportTable.Status, Source);
    }

    static string Show(List<Dictionary<string, string?>> rows) => string.Join('\n', rows.Select(row => string.Join('|', row.Values)));

    static ReportSession Session(params (string Key, string Text)[] files) => new(Queries.Some.Options(Queries.Some.Store(files)));
}
