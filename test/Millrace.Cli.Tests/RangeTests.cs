namespace Millrace.Cli.Tests;

public sealed class RangeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _log;

    public RangeTests() => _log = _folder.Write("a.log", Some.CombinedLines(60));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 60)]
    [InlineData("--since 2026-11-22T10:00:30Z", 30)]
    [InlineData("--until 2026-11-22T10:00:30Z", 31)]
    [InlineData("--since 2026-11-22T10:00:10Z --until 2026-11-22T10:00:10Z", 1)]
    [InlineData("--as-of 2026-11-22T10:00:30Z", 31)]
    [InlineData("--as-of 2026-11-22T10:00:30Z --since 10s", 11)]
    [InlineData("--until 2026-11-22", 60)]
    [InlineData("--until 2026-11-21", 0)]
    [InlineData("--since 2026-11-23", 0)]
    [InlineData("--as-of 2026-11-22T12:00:00Z --since all", 60)]
    [InlineData("--as-of 2026-11-22T12:00:00Z --since today --until 10:00:30", 31)]
    [InlineData("--as-of 2026-11-23T09:00:00Z --since yesterday --until yesterday", 60)]
    [InlineData("--as-of 2026-11-22T11:30:30Z --since 1h30m", 30)]
    [InlineData("--as-of 2026-11-22T12:00:00Z --tz +02:00 --since 12:00:50", 10)]
    [InlineData("--tz +02:00 --since 2026-11-22T12:00:30", 30)]
    [InlineData("--tz Europe/Berlin --since 2026-11-22T11:00:30", 30)]
    [InlineData("--tz -11:00 --until 2026-11-21", 60)]
    public async Task A_range_takes_both_its_ends(string range, int expected) =>
        Assert.Equal($"{{\"n\":{expected}}}\n", (await Executable.RunAsync($"sql {range}", $"SELECT count(*) AS n FROM logs('{_log}')")).Quietly());

    [Fact]
    public async Task A_report_of_all_counts_what_is_older_than_a_day()
    {
        var all = await Executable.RunAsync($"report status {_log} --as-of 2027-01-02 --since all");

        Assert.Equal((await Executable.RunAsync($"report status {_log} --since 2026-11-22 --as-of 2027-01-02")).Quietly(), all.Quietly());
    }

    [Fact]
    public async Task A_range_in_the_query_goes_before_the_one_of_the_command_line() =>
        Assert.Equal(
            "{\"n\":5}\n",
            (await Executable.RunAsync("sql --since 2026-11-22T10:00:30Z", $"SELECT count(*) AS n FROM logs('{_log}', since := '2026-11-22T10:00:55Z')")).Quietly());

    [Fact]
    public async Task Stamps_without_a_zone_are_read_in_the_zone_that_is_named()
    {
        var csv = _folder.Write("app.log", "2026-07-01 12:00:00,000 [main] INFO com.example.App - Started\n");

        var inBerlin = await Executable.RunAsync("sql --tz Europe/Berlin", $"SELECT \"timestamp\" AS at FROM logs('{csv}')");
        var inUtc = await Executable.RunAsync("sql", $"SELECT \"timestamp\" AS at FROM logs('{csv}')");

        Assert.Equal("{\"at\":\"2026-07-01T10:00:00Z\"}\n", inBerlin.Quietly());
        Assert.Equal("{\"at\":\"2026-07-01T12:00:00Z\"}\n", inUtc.Quietly());
    }

    [Theory]
    [InlineData("a.log")]
    [InlineData("by-day/2026-11-22.log")]
    public async Task An_empty_default_range_is_told_with_what_the_data_spans(string name)
    {
        var log = _folder.Write(name, Some.CombinedLines(60));
        var source = Path.GetDirectoryName(name) is { Length: > 0 } folder ? Path.Join(_folder.Path, folder) : log;

        var report = await Executable.RunAsync($"report status {source} --as-of 2027-01-02T00:00:00Z");

        Assert.Equal("", report.Done());
        Assert.Equal(
            "The report is empty: no event lies between 2027-01-01T00:00:00Z and 2027-01-02T00:00:00Z. The data spans 2026-11-22T10:00:00Z to 2026-11-22T10:00:59Z; ask for it with --since 2026-11-22T10:00:00Z --until 2026-11-22T10:00:59Z.",
            report.Told);
        Assert.Equal(2, (await Executable.RunAsync($"report status {source} --since 2026-11-22T10:00:00Z --until 2026-11-22T10:00:59Z")).Quietly().Count(c => c == '\n'));
    }

    [Fact]
    public async Task What_is_no_log_does_not_hide_that_the_logs_are_out_of_range()
    {
        _folder.Write("logs/orders-2026-11-22.log", Some.CombinedLines(60));
        _folder.Write("logs/notes", "What lies here.\nAll of it.\n");

        var report = await Executable.RunAsync($"report status {_folder.Path}/logs --as-of 2027-01-02T00:00:00Z");

        Assert.Equal("", report.Done());
        Assert.Contains("The data spans 2026-11-22T10:00:00Z to 2026-11-22T10:00:59Z;", report.Told);
    }
}
