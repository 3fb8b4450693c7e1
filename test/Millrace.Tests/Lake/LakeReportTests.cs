using System.Globalization;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Upkeep;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Tests.Queries;
using Millrace.Tests.Reports;

namespace Millrace.Tests.Lake;

/// <summary>A report over a lake says what it says over the raw logs, whether it is answered from events, from rollups or from both.</summary>
public sealed class LakeReportTests : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 30, 0, TimeSpan.Zero);

    readonly TemporaryLake _lake = new();
    string _log = "";

    public async ValueTask InitializeAsync()
    {
        var random = new Random(7);
        _log = _lake.Log("calls.json", string.Concat(Enumerable.Range(0, 20_000).Select(i =>
        {
            var time = Start.AddMicroseconds(random.NextInt64(52L * 3600 * 1_000_000));
            var caller = random.Next(3) == 0 ? "" : $"\"caller\":\"c{random.Next(3)}\",";
            var duration = random.Next(5) == 0 ? "" : $"\"duration_us\":{random.Next(0, 400_000)},";
            return $$"""{"time":"{{time:yyyy-MM-ddTHH:mm:ss.ffffffZ}}","service":"s{{random.Next(4)}}",{{caller}}{{duration}}"method":"GET","path":"/p{{random.Next(6)}}/{{i}}","status":{{(random.Next(20) == 0 ? 500 : 200)}},"bytes":{{random.Next(5000)}}}{{"\n"}}""";
        })));
        await _lake.IngestAsync(_log);
    }

    public ValueTask DisposeAsync()
    {
        _lake.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string?> Reports => new(ReportTable.All.SelectMany(report => report.Parts.Keys.Append(null).Select(part => (report.Name, part))));

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task A_report_over_the_lake_equals_the_one_over_the_logs(string name, string? by)
    {
        var report = ReportTable.All.Single(one => one.Name == name);
        (string Since, string Until)[] ranges =
        [
            ("2026-11-21T00:00:00Z", "2026-11-21T23:59:59.999999Z"),
            ("2026-11-20T21:45:00.5Z", "2026-11-22T18:07:30Z"),
            ("2026-11-21T10:00:00Z", "2026-11-21T10:59:59.999999Z"),
            ("2026-11-21T10:10:10Z", "2026-11-21T10:20:20Z"),
            ("2026-11-21T23:59:59.999999Z", "2026-11-22T00:00:00Z"),
            ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
            ("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"),
        ];
        foreach (var (since, until) in ranges)
        {
            await AssertSameAsync(report, by, Time(since), Time(until));
        }
    }

    public static TheoryData<string, string?> ReportsWithQuantiles => SomeCalls.ReportsWithQuantiles;

    [Theory]
    [MemberData(nameof(ReportsWithQuantiles))]
    public async Task Quantiles_over_rollups_rise_and_never_exceed_the_longest_duration(string name, string? by)
    {
        var report = ReportTable.All.Single(one => one.Name == name);
        var seed = Random.Shared.Next();
        var calls = SomeCalls.From(new Random(seed), 3000);
        using var lake = new TemporaryLake();
        await lake.IngestAsync(lake.Log("calls.json", string.Concat(calls.Select(call => call.Json + "\n"))));
        var (since, until) = (Time("2026-11-20T00:00:00Z"), Time("2026-11-23T23:59:59.999999Z"));
        var request = new ReportRequest(report, []) { By = by, CountsExternal = true };
        var table = await new LakeEvents(lake.Table, await lake.Table.ReadAsync(default)).OfAsync(request, since, until, default);
        using var session = new ReportSession(TemporaryLake.Options with { Since = since, Until = until });

        var rows = ReportSession.Rows(session.Runner.Run(request with { Table = table }));

        Assert.True(table.IsRolledUp);
        SomeCalls.AssertQuantiles(rows, calls, $"{name} by {by}, seed {seed}");
    }

    [Fact]
    public async Task Whole_days_are_answered_from_rollups_alone()
    {
        var events = new LakeEvents(_lake.Table, await _lake.Table.ReadAsync(default));

        var table = await events.OfAsync(new ReportRequest(ReportTable.Endpoints, []), Time("2026-11-21T00:00:00Z"), Time("2026-11-21T23:59:59.999999Z"), default);

        Assert.True(table.IsRolledUp);
        Assert.DoesNotContain("/events/", table.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compaction_changes_nothing_that_a_report_says()
    {
        await _lake.IngestAsync(_lake.Log("more.json", """{"time":"2026-11-21T10:00:00Z","service":"s1","caller":"c1","path":"/p1/1","status":500,"duration_us":7}""" + "\n"));
        var before = await _lake.Table.ReadAsync(default);
        var rows = await _lake.RowsAsync("SELECT * FROM events ORDER BY ALL");

        var (from, to) = await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);

        Assert.Equal((17, 4), (from, to));
        Assert.Equal(rows, await _lake.RowsAsync("SELECT * FROM events ORDER BY ALL"));
        Assert.Equal(rows, await _lake.RowsAsync("SELECT * FROM events ORDER BY ALL", before));
        foreach (var report in ReportTable.All)
        {
            await AssertSameAsync(report, null, Time("2026-11-20T22:00:00Z"), Time("2026-11-22T12:00:00Z"), "more.json");
        }
    }

    async Task AssertSameAsync(Report report, string? by, DateTimeOffset since, DateTimeOffset until, params string[] more)
    {
        var request = new ReportRequest(report, [_log, .. more.Select(name => Path.Join(Path.GetDirectoryName(_log), name))]) { By = by, CountsExternal = true };
        var options = TemporaryLake.Options with { Since = since, Until = until };
        using var raw = new ReportSession(options);
        using var lake = new ReportSession(options);
        var table = await new LakeEvents(_lake.Table, await _lake.Table.ReadAsync(default)).OfAsync(request, since, until, default);

        var expected = Show(raw.Runner.Run(request));
        var actual = Show(lake.Runner.Run(request with { Table = table }));

        Assert.True(expected == actual, $"{report.Name} by {by} from {since:O} to {until:O}:\n{expected}\nand over the lake\n{actual}");
    }

    static string Show(ReportResult result) =>
        string.Join('\n', ReportSession.Rows(result).Select(row => string.Join('|', row.Select(cell => $"{cell.Key}={cell.Value}")))) + string.Join(',', result.Absent.Order(StringComparer.Ordinal));

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
