using System.Diagnostics;

namespace Millrace.Cli.Tests;

public sealed class OutputTests : IDisposable
{
    const string Full = "No space left on device";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("r.csv", "status,requests\n200,9\n500,1\n")]
    [InlineData("r.json", "[\n  {\"status\":200,\"requests\":9},\n  {\"status\":500,\"requests\":1}\n]\n")]
    [InlineData("r.ndjson", "{\"status\":200,\"requests\":9}\n{\"status\":500,\"requests\":1}\n")]
    [InlineData("new/folder/r.txt", "status  requests\n──────  ────────\n   200         9\n   500         1\n")]
    public async Task The_name_of_a_file_says_its_form(string name, string expected)
    {
        var log = _folder.Write("a.log", Some.CombinedLines(10));
        var target = Path.Join(_folder.Path, name);

        var written = await Executable.RunAsync($"sql --out {target}", $"SELECT status, count(*) AS requests FROM logs('{log}') GROUP BY 1 ORDER BY 1");

        Assert.Equal("", written.Quietly());
        Assert.Equal(expected, await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task Parquet_can_be_read_back()
    {
        var target = Path.Join(_folder.Path, "r.parquet");

        (await Executable.RunAsync($"report status {Some.ShopLog} {Some.AsOf} --out {target}")).Quietly();

        var back = await Executable.RunAsync("sql", $"SELECT status, requests, typeof(requests) AS type FROM '{target}' ORDER BY 1 LIMIT 1");
        Assert.Equal("{\"status\":200,\"requests\":3,\"type\":\"BIGINT\"}\n", back.Quietly());
    }

    [Fact]
    public async Task A_directory_gets_a_file_for_the_range_which_a_rerun_replaces()
    {
        var command = $"report status {Some.ShopLog} {Some.AsOf} --output csv --out {_folder.Path}/out/";

        (await Executable.RunAsync(command)).Quietly();
        var first = Assert.Single(Files());
        var text = await File.ReadAllTextAsync(first);
        (await Executable.RunAsync(command)).Quietly();

        Assert.Equal("out/status/date=2026-11-22/20261121T120000Z_20261122T120000Z.csv", Path.GetRelativePath(_folder.Path, first));
        Assert.StartsWith("status,requests,share,avgDurationMs,p50DurationMs,p95DurationMs,p99DurationMs,bytes,runId\n200,3,", text);
        Assert.Equal(text, await File.ReadAllTextAsync(Assert.Single(Files())));
    }

    [Fact]
    public async Task A_directory_is_no_file()
    {
        Assert.Equal(
            $"Cannot write '{_folder.Path}': it is a directory; name a file in it.",
            (await Executable.RunAsync($"sql --out {_folder.Path}", "SELECT 1")).Failed(code: 2));
    }

    [Fact]
    public async Task A_query_that_fails_leaves_what_was_there()
    {
        var target = _folder.Write("r.csv", "what was there\n");

        (await Executable.RunAsync($"sql --out {target}", "SELECT error('no') FROM range(100000)")).Failed();

        Assert.Equal("what was there\n", await File.ReadAllTextAsync(Assert.Single(Files())));
    }

    [Theory]
    [InlineData("r.csv")]
    [InlineData("r.parquet")]
    public async Task A_full_disk_is_told_and_leaves_nothing_behind(string name)
    {
        using var disk = SmallDisk.Mount();
        var target = Path.Join(disk.Path, name);

        var told = (await Executable.RunAsync($"sql --out {target}", "SELECT range, hash(range) AS h FROM range(50000)")).Failed();

        Assert.Equal($"Cannot write '{target}': {Full}.", told);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public async Task A_full_disk_stops_generation_and_leaves_no_part_of_a_file()
    {
        using var disk = SmallDisk.Mount();
        var target = Path.Join(disk.Path, "a.log");

        var told = (await Executable.RunAsync($"generate --kind combined --count 10000 --out {target}")).Failed();

        Assert.Equal($"Cannot write '{target}': {Full}.", told);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Theory]
    [InlineData("sql 1_FROM_range(100000)")]
    [InlineData("formats list")]
    [InlineData("--help")]
    [InlineData("generate --kind app --count 100000")]
    public async Task A_full_disk_behind_standard_output_is_told(string line)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        var told = await RunInShellAsync($"{line.Replace("1_FROM_range(100000)", "'SELECT 1 FROM range(100000)'", StringComparison.Ordinal)} > /dev/full");

        Assert.Equal($"Cannot write to standard output: {Full}.", told.Failed());
    }

    [Theory]
    [InlineData("sql 'SELECT range FROM range(3000000000)'", "{\"range\":0}\n")]
    [InlineData("sql 'SELECT range FROM range(3000000000)' --output csv", "range\n")]
    [InlineData("generate --kind combined --count 1000000000 --seed 1 --until 2026-11-22T10:00:00Z", null)]
    [InlineData("--help", "Millrace turns raw logs into answers: every log a SQL table, call graphs and reports on top.\n")]
    public async Task Whoever_has_seen_enough_may_close_the_pipe(string line, string? first)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows tells of closed pipes in its own way.");
        var time = Stopwatch.StartNew();

        var outcome = await RunInShellAsync($"{line} | head -n 1", "set -o pipefail; ");

        var output = outcome.Quietly();
        Assert.Equal(first ?? output, output);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(30), $"It went on for {time.Elapsed}.");
    }

    [Fact]
    public async Task What_others_write_to_the_same_file_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This needs a shell.");

        (await RunInShellAsync($"sql 'SELECT 1 AS a'; echo after; }} > {_folder.Path}/y", "{ echo before; ")).Quietly();

        Assert.Equal("before\n{\"a\":1}\nafter\n", await File.ReadAllTextAsync(Path.Join(_folder.Path, "y")));
    }

    // The shell gets the program as its arguments, which "$@" stands for.
    static Task<Outcome> RunInShellAsync(string line, string before = "") => Executable.RunAsync(new Invocation { Before = ["bash", "-c", $"{before}\"$@\" {line}", "bash"] });

    IEnumerable<string> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories);
}
