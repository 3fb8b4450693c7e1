using System.Globalization;
using System.Text.Json;

namespace Millrace.Cli.Tests;

/// <summary>The lake from the command line, and what becomes of it when a process is killed.</summary>
public sealed class LakeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Lake => Path.Join(_folder.Path, "lake");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Logs_are_ingested_once_and_reports_over_the_lake_say_the_same()
    {
        var log = Log("a.log", Some.CombinedLines(500));

        var first = (await Executable.RunAsync($"ingest {log} --lake {Lake}")).Quietly();
        var again = (await Executable.RunAsync($"ingest {log} --lake {Lake}")).Quietly();

        Assert.Equal((500, 0), (Number(first, "events"), Number(again, "events")));
        foreach (var report in new[] { "status", "endpoints", "status --by hour" })
        {
            Assert.Equal(
                (await Executable.RunAsync($"report {report} {log} {Some.AsOf} -o json")).Quietly(),
                (await Executable.RunAsync($"report {report} --lake {Lake} {Some.AsOf} -o json")).Quietly());
        }

        Assert.Equal("""{"n":50}""" + "\n", (await Executable.RunAsync($"sql --lake {Lake}", "SELECT COUNT(*) AS n FROM events WHERE status = 500")).Quietly());
        Assert.Equal(500, Number((await Executable.RunAsync($"lake status --lake {Lake}")).Quietly(), "events"));
        Assert.Equal(0, Number((await Executable.RunAsync($"lake check --lake {Lake}")).Quietly(), "problems"));
    }

    [Fact]
    public async Task The_settings_may_name_the_lake()
    {
        var log = Log("a.log", Some.CombinedLines(10));
        Log("millrace.json", """{"lake": {"path": "lake"}}""");

        (await Executable.RunAsync(new Invocation("ingest", log) { Folder = _folder.Path })).Quietly();

        Assert.Equal(10, Number((await Executable.RunAsync(new Invocation("lake", "status") { Folder = _folder.Path })).Quietly(), "events"));
        var below = Directory.CreateDirectory(Path.Join(_folder.Path, "below/it")).FullName;
        Assert.Equal(10, Number((await Executable.RunAsync(new Invocation("lake", "status") { Folder = below })).Quietly(), "events"));
    }

    [Theory]
    [InlineData("lake status", "No lake is named. Name one with --lake, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.", 2)]
    [InlineData("lake status --lake nowhere", "'nowhere' is no lake: it has no 'events/_delta_log'. 'millrace ingest SOURCE… --lake nowhere' makes one.", 1)]
    [InlineData("report status", "'report status' needs a source: files, directories, '-' or s3://bucket/prefix, or a lake with --lake.", 2)]
    [InlineData("ingest - --lake new", "'-' cannot be ingested: what comes through a pipe has no name by which it would be known again. Write it to a file first.", 2)]
    [InlineData("ingest nothing.log --since 24h --lake new", "There is no option '--since'.\n'millrace ingest --help' shows what there is.", 2)]
    [InlineData("sql --at 3 x", "--at names a version of a lake, and there is no lake. Name one with --lake.", 2)]
    public async Task What_cannot_be_is_told(string line, string expected, int code) => Assert.Equal(
        expected, (await Executable.RunAsync(new Invocation(line.Split(' ')) { Folder = _folder.Path })).Failed(code));

    /// <summary>Wherever a writer dies, what it had not committed is not there, and a rerun brings in each event once.</summary>
    [Fact]
    public async Task A_killed_ingestion_is_made_good_by_a_rerun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed by a signal here.");
        const int Lines = 3000;
        var logs = Enumerable.Range(0, 6).Select(i => Log($"{i}.log", Some.CombinedLines(Lines + i))).ToArray();
        var kills = Environment.GetEnvironmentVariable("MILLRACE_LONG") == "1" ? 50 : 5;
        var random = new Random(20261125);
        for (var i = 0; i < kills; i++)
        {
            if (Directory.Exists(Lake))
            {
                Directory.Delete(Lake, recursive: true);
            }

            using (var process = Executable.Start(new Invocation(["ingest", .. logs, "--lake", Lake])))
            {
                await Task.Delay(random.Next(300, 1500), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            (await Executable.RunAsync(new Invocation(["ingest", .. logs, "--lake", Lake]))).Done();
            var counted = (await Executable.RunAsync($"sql --lake {Lake}", "SELECT COUNT(*) AS n, COUNT(DISTINCT (file, line)) AS different FROM events")).Quietly();
            var expected = logs.Select((_, log) => Lines + log).Sum();
            Assert.Equal((expected, expected), (Number(counted, "n"), Number(counted, "different")));
            Assert.Equal(0, Number((await Executable.RunAsync($"lake check --lake {Lake}")).Quietly(), "problems"));
        }
    }

    [Fact]
    public async Task Another_engine_reads_the_same_table()
    {
        ClickHouse.Require();
        var logs = Enumerable.Range(0, 12).Select(i => Log($"{i}.log", Some.CombinedLines(100 + i))).ToArray();
        foreach (var log in logs)
        {
            (await Executable.RunAsync($"ingest {log} --lake {Lake}")).Quietly();
        }

        var before = await OursAsync("");
        Assert.Equal(before, await AskAsync(Sums));
        (await Executable.RunAsync($"lake compact --lake {Lake}")).Quietly();

        Assert.Equal(before, await OursAsync(""));
        Assert.Equal(before, await AskAsync(Sums));
    }

    /// <summary>Whatever happens to the lake, each answer that another engine gets is that of one committed version.</summary>
    [Fact]
    public async Task Another_engine_sees_nothing_but_committed_versions()
    {
        ClickHouse.Require();
        Log("millrace.json", """{"lake": {"path": "lake", "retain": [{"service": "*", "afterDays": 30, "delete": true}, {"service": "*", "afterDays": 1, "dropColumns": ["user_agent"]}]}}""");
        (await RunInFolderAsync("ingest", Log("first.json", Calls(500, 0)))).Quietly();
        var answers = await ClickHouse.AskWhileAsync(Path.Join(_folder.Path, "data"), $"SELECT {Sums} FROM deltaLakeLocal('{Path.GetFullPath(Lake)}/events')", async () =>
        {
            async Task WriteAsync(int writer)
            {
                for (var i = 0; i < 3; i++)
                {
                    (await RunInFolderAsync("ingest", Log($"{writer}-{i}.json", Calls(100 + i, writer)))).Quietly();
                }
            }

            await Task.WhenAll(WriteAsync(1), WriteAsync(2));
            await Task.WhenAll(WriteAsync(3), CompactAsync());
            await Task.WhenAll(WriteAsync(4), RetainAsync());
            await CompactAsync();
        });

        async Task CompactAsync() => (await RunInFolderAsync("lake", "compact")).Quietly();
        async Task RetainAsync() => (await RunInFolderAsync("lake", "retain", "--as-of", "2026-12-10T00:00:00Z")).Quietly();
        var newest = Number((await RunInFolderAsync("lake", "status")).Quietly(), "version");
        var committed = new List<string>();
        for (var version = 0L; version <= newest; version++)
        {
            committed.Add(await OursAsync($"--at {version}"));
        }

        Assert.True(newest > 14, $"There are {newest} commits.");
        Assert.Equal(committed[0], answers[0]);
        Assert.Equal(committed[^1], answers[^1]);
        Assert.True(answers.Distinct().Count() > 5, $"{answers.Distinct().Count()} answers differ.");
        Assert.All(answers, answer => Assert.Contains(answer, committed));
    }

    const string Sums = "COUNT(*) AS n, SUM(status) AS statuses, SUM(bytes) AS bytes, SUM(line) AS lines, COUNT(DISTINCT file) AS files, COUNT(user_agent) AS agents";

    async Task<string> OursAsync(string options) => (await Executable.RunAsync($"sql --lake {Lake} {options} -o csv", $"SELECT {Sums} FROM events")).Quietly().Split('\n')[1];

    Task<Outcome> RunInFolderAsync(params string[] words) => Executable.RunAsync(new Invocation(words) { Folder = _folder.Path });

    /// <summary>Calls of two days, a month apart.</summary>
    static string Calls(int count, int service) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $$"""{"time":"2026-{{(i % 2 == 0 ? "11" : "10")}}-22T10:00:00Z","service":"s{{service}}","method":"GET","path":"/p/{{i}}","status":{{200 + (i % 3)}},"bytes":{{i}},"user_agent":"curl/8.5"}{{"\n"}}"""));

    Task<string> AskAsync(string what) => ClickHouse.AskAsync(Path.Join(_folder.Path, "data"), $"SELECT {what} FROM deltaLakeLocal('{Path.GetFullPath(Lake)}/events')");

    static long Number(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return long.Parse(document.RootElement.GetProperty(name).ToString(), CultureInfo.InvariantCulture);
    }

    string Log(string name, string text)
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
