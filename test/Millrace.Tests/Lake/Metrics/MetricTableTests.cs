using System.Globalization;
using Millrace.Lake;
using Millrace.Lake.Metrics;
using Millrace.Lake.Retention;
using Millrace.Lake.Upkeep;
using Millrace.Reports;
using Millrace.Tests.Queries;
using Millrace.Tests.Reports;

namespace Millrace.Tests.Lake.Metrics;

/// <summary>Metrics in a lake: what reports say of them, and the table that other engines read.</summary>
public sealed class MetricTableTests : IDisposable
{
    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("2026-11-20T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("2026-11-21T10:00:00Z", "2026-11-21T10:59:59.999999Z")]
    [InlineData("2026-11-21T10:02:07.5Z", "2026-11-21T22:48:11Z")]
    [InlineData("2026-11-21T10:01:00Z", "2026-11-21T10:03:00Z")]
    [InlineData("2026-10-21T10:01:00Z", "2026-10-21T10:03:00Z")]
    public async Task The_report_over_the_lake_equals_the_one_over_the_files(string since, string until)
    {
        string[] logs = [Events("a.json", 3000, 1), Windows("b.csv", 900, 2), Events("c.json", 2000, 3), _lake.Log("d.log", Queries.Some.Combined(50))];
        await _lake.IngestAsync(logs[0], logs[1]);
        await _lake.IngestAsync(logs[2], logs[3]);

        await AssertSameAsync(logs, since, until);
        await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
        await AssertSameAsync(logs, since, until);
    }

    [Fact]
    public async Task Whole_windows_are_not_read_from_events()
    {
        await _lake.IngestAsync(Events("a.json", 500, 1));

        var table = await TableAsync("2026-11-20T00:00:00Z", "2026-11-24T00:00:00Z");

        Assert.Contains("/metrics/metricName=cpu/componentName=c0/", table.Sql, StringComparison.Ordinal);
        Assert.DoesNotContain("/events/", table.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_keeps_what_was_measured_in_it()
    {
        await _lake.IngestAsync(
            _lake.Log("a.json", string.Concat(new (string Time, string Value)[] { ("10:00:00", "1.5"), ("10:04:59.999", "2.5"), ("10:05:00", "7") }.Select(one =>
                $$"""{"componentName":"a/b","metricName":"cpu","unit":"percent","value":{{one.Value}},"publicationTimestamp":"2026-11-21T{{one.Time}}Z"}{{"\n"}}"""))),
            _lake.Log("b.csv", "componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit\na/b,2026-11-21T10:00:03Z,9.25,ram,0.5,2026-11-21T10:00:13Z,percent\n"));
        using var session = new ReportSession(TemporaryLake.Options);
        var windows = await new LakeEvents(_lake.Table, await _lake.Table.ReadAsync(default)).WindowsAsync(default);

        Assert.Equal(
            [
                "a/b|cpu|percent|2026-11-21T10:00:00Z|2026-11-21T10:05:00Z|1.5|2.5|2|4.000000000000000|2",
                "a/b|cpu|percent|2026-11-21T10:05:00Z|2026-11-21T10:10:00Z|7|7|1|7.000000000000000|1",
                "a/b|ram|percent|2026-11-21T10:00:03Z|2026-11-21T10:00:13Z|0.5|9.25|1|NULL|0",
            ],
            session.Session.Rows($"{windows} ORDER BY ALL"));
    }

    [Fact]
    public async Task The_table_of_metrics_follows_the_commits_of_the_events()
    {
        await _lake.IngestAsync(Events("a.json", 300, 1));
        await _lake.IngestAsync(Events("b.json", 300, 2));
        await AssertFollowsAsync(expectedFiles: 16);

        await _lake.IngestAsync(Events("b.json", 300, 2));
        await AssertFollowsAsync(expectedFiles: 16);

        await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
        await AssertFollowsAsync(expectedFiles: 8);

        await new LakeRetention(_lake.Table, [new RetentionRule("c1", 30) { Deletes = true }], new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero)).ApplyAsync(TemporaryLake.Options);
        var left = await AssertFollowsAsync(expectedFiles: 4);
        Assert.All(left, path => Assert.Contains("componentName=c0", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_dead_writer_left_the_table_behind_by_is_made_good_by_the_next()
    {
        await _lake.IngestAsync(Events("a.json", 300, 1));
        Directory.Delete(Path.Join(_lake.Path, "metrics/_delta_log"), recursive: true);

        await _lake.IngestAsync(Events("a.json", 300, 1));

        await AssertFollowsAsync(expectedFiles: 8);
    }

    [Fact]
    public async Task An_older_version_does_not_take_back_what_a_newer_one_says()
    {
        await _lake.IngestAsync(Events("a.json", 300, 1));
        var older = await _lake.Table.ReadAsync(default);
        await _lake.IngestAsync(Events("b.json", 300, 2));

        await _lake.Table.Metrics.FollowAsync(older, default);

        await AssertFollowsAsync(expectedFiles: 16);
    }

    [Fact]
    public async Task A_vacuum_deletes_the_windows_that_nothing_names()
    {
        await _lake.IngestAsync(Events("a.json", 300, 1));
        await _lake.IngestAsync(Events("b.json", 300, 2));
        await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
        var vacuum = new LakeVacuum(_lake.Table, TimeProvider.System);

        await vacuum.DeleteAsync(await vacuum.FindAsync(TimeSpan.FromDays(-1), default), default);

        var named = await AssertFollowsAsync(expectedFiles: 8);
        Assert.Equal(named, Directory.EnumerateFiles(Path.Join(_lake.Path, "metrics"), "*.parquet", SearchOption.AllDirectories).Where(file => !file.Contains("_delta_log", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Path.Join(_lake.Path, "metrics"), file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_lake_without_metrics_has_no_table_of_them()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Queries.Some.Combined(3)));

        Assert.False(Directory.Exists(Path.Join(_lake.Path, "metrics")));
        Assert.Null(await _lake.Table.Metrics.TryReadAsync(default));
    }

    async Task<IReadOnlyList<string>> AssertFollowsAsync(int expectedFiles)
    {
        var events = await _lake.Open().ReadAsync(default);
        string[] named = [.. events.Files.Values.SelectMany(MetricWindows.Of).Select(file => file.Path).Order(StringComparer.Ordinal)];
        var table = await _lake.Open().Metrics.TryReadAsync(default);

        Assert.Equal(expectedFiles, named.Length);
        Assert.Equal(named, table!.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(table.Files.Values, file => Assert.Equal(["metricName", "componentName"], file.Parts!.Keys));
        return named;
    }

    async Task AssertSameAsync(string[] logs, string since, string until)
    {
        var request = new ReportCall(ReportTable.Metrics, logs);
        using var session = new ReportSession(TemporaryLake.Options with { Since = Time(since), Until = Time(until) });

        var raw = Show(session.Runner.Run(request));
        var lake = Show(session.Runner.Run(request with { Table = await TableAsync(since, until) }));

        Assert.Equal(raw, lake);
        Assert.Equal(since.StartsWith("2026-11", StringComparison.Ordinal), raw.Contains("metricName=cpu", StringComparison.Ordinal));
    }

    async Task<EventTable> TableAsync(string since, string until) =>
        await new LakeEvents(_lake.Table, await _lake.Table.ReadAsync(default)).OfAsync(new ReportCall(ReportTable.Metrics, []), Time(since), Time(until), default);

    string Events(string name, int count, int seed)
    {
        var random = new Random(seed);
        return _lake.Log(name, string.Concat(Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"componentName":"c{{i % 2}}","metricName":"{{(random.Next(2) == 0 ? "cpu" : "ram")}}","unit":"percent","value":{{random.NextDouble() * 100}},"publicationTimestamp":"{{Time("2026-11-21T09:00:00Z").AddMicroseconds(random.NextInt64(24L * 3600 * 1_000_000)):yyyy-MM-ddTHH:mm:ss.ffffffZ}}"}{{"\n"}}"""))));
    }

    string Windows(string name, int count, int seed)
    {
        var random = new Random(seed);
        return _lake.Log(name, "componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit\n" + string.Join('\n', Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"c{i % 3},{Time("2026-11-21T09:00:00Z").AddSeconds(i * 10):yyyy-MM-ddTHH:mm:ssZ},{50 + (random.NextDouble() * 50)},{(i % 5 == 0 ? "cpu" : "disk")},{random.NextDouble() * 50},{Time("2026-11-21T09:00:00Z").AddSeconds((i * 10) + 10):yyyy-MM-ddTHH:mm:ssZ},percent"))));
    }

    static string Show(ReportResult result) =>
        string.Join('\n', ReportSession.Rows(result).Select(row => string.Join('|', row.Select(cell => $"{cell.Key}={cell.Value}")))) + string.Join(',', result.Absent.Order(StringComparer.Ordinal));

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
