using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Millrace.Aws.Tests;

namespace Millrace.Cli.Tests;

/// <summary><c>ingest --watch</c> as a process: stopped, killed, started again.</summary>
public sealed class WatchTests(S3Server server) : IClassFixture<S3Server>, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly TemporaryFolder _folder = new();

    string Lake => Path.Join(_folder.Path, "lake");

    string Logs => Directory.CreateDirectory(Path.Join(_folder.Path, "logs")).FullName;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_to_end_finishes_what_was_taken_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are ended by a signal here.");
        File.WriteAllText(Path.Join(Logs, "a.log"), Some.CombinedLines(100));
        using var watch = Start();
        await UntilAsync(100);
        File.WriteAllText(Path.Join(Logs, "b.log"), Some.CombinedLines(50));
        await UntilAsync(150);

        var outcome = await EndAsync(watch);

        using var totals = JsonDocument.Parse(outcome.Quietly());
        Assert.Equal((2, 150, 2), (Number(totals, "sources"), Number(totals, "events"), Number(totals, "commits")));
    }

    [Fact]
    public async Task Objects_of_a_bucket_are_brought_in_as_a_queue_tells_of_them_and_as_they_are_listed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are ended by a signal here.");
        using var store = server.Open();
        using var queue = new SqsStandIn { DeliversTwice = true };
        await store.PutAsync("logs", "watched/before.log", new MemoryStream(Encoding.UTF8.GetBytes(Lines(0, 30))), default);
        var environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = server.Endpoint!, ["AWS_ACCESS_KEY_ID"] = "S3RVER", ["AWS_SECRET_ACCESS_KEY"] = "S3RVER" };
        using var watch = Executable.Start(
            new Invocation("ingest", "s3://logs/watched/", "--lake", Lake, "--watch", "--queue", queue.Url().ToString(), "--batch-seconds", "0.2") { Environment = environment });
        await UntilAsync(30);
        await store.PutAsync("logs", "watched/told of.log", new MemoryStream(Encoding.UTF8.GetBytes(Lines(30, 100))), default);
        queue.Send("no notification");
        queue.Send("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"logs"},"object":{"key":"watched/told+of.log","size":5000}}}]}""");
        await UntilAsync(100);
        using var patience = new CancellationTokenSource(Patience);
        while (queue.Bodies.Count > 0)
        {
            await Task.Delay(50, patience.Token);
        }

        var outcome = await EndAsync(watch);

        using var totals = JsonDocument.Parse(outcome.Done());
        Assert.Equal((100, 2), (Number(totals, "events"), Number(totals, "setAside")));
        Assert.Equal(string.Join('\n', Enumerable.Repeat("A message of the queue 'uploads' was set aside. It is no JSON.", 2)), outcome.Told);
        Assert.Contains("\"content\":\"no notification\"", File.ReadAllText(Path.Join(Lake, "set-aside.ndjson")));
    }

    /// <summary>Wherever the watch is killed, the next one goes on; what is appended and rotated meanwhile is in once.</summary>
    [Fact]
    public async Task A_killed_watch_is_made_good_by_the_next()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed by a signal here.");
        var kills = Environment.GetEnvironmentVariable("MILLRACE_LONG") == "1" ? 50 : 5;
        var random = new Random(20261125);
        var lines = 0;
        var log = Path.Join(Logs, "app.log");
        for (var i = 0; i < kills; i++)
        {
            using var watch = Start();
            var end = Stopwatch.StartNew();
            var after = TimeSpan.FromMilliseconds(random.Next(500, 2500));
            while (end.Elapsed < after)
            {
                File.AppendAllText(log, Lines(lines, lines += random.Next(1, 200)));
                await Task.Delay(random.Next(5, 40));
                if (random.Next(12) == 0)
                {
                    File.Move(log, $"{log}.{i}{end.ElapsedMilliseconds:D5}");
                }
            }

            watch.Kill();
            await watch.WaitForExitAsync();
        }

        using var last = Start();
        await UntilAsync(lines);
        (await EndAsync(last)).Done();

        Assert.Equal($"n,different\n{lines},{lines}\n", (await Executable.RunAsync($"sql --lake {Lake} -o csv", "SELECT COUNT(*) AS n, COUNT(DISTINCT bytes) AS different FROM events")).Quietly());
    }

    [Theory]
    [InlineData("ingest a.log --lake L --queue http://127.0.0.1:1/1/q", "--queue goes with --watch. Add it, or leave --queue out.")]
    [InlineData("ingest a.log --lake L --watch --queue http://127.0.0.1:1/1/q", "--queue tells of objects in buckets, and no source is one. Name one, such as s3://bucket/prefix/.")]
    [InlineData("ingest - --lake L --watch", "Standard input ('-') cannot be watched: it has no name by which it would be known again.")]
    [InlineData("ingest . --lake L --watch", "The lake 'L' lies within '.', which would be told of the lake's own files. Keep the lake outside of what is watched.")]
    [InlineData("ingest s3://b/ --lake s3://b/lake --watch", "The lake 's3://b/lake' lies within 's3://b/', which would be told of the lake's own files. Keep the lake outside of what is watched.")]
    [InlineData("ingest a.log --lake L --watch --batch-seconds -1", "--batch-seconds must be between 0 and 3600.")]
    public async Task Mistakes_are_told(string line, string told) =>
        Assert.Equal(told, (await Executable.RunAsync(new Invocation([.. line.Split(' ')]) { Folder = _folder.Path })).Failed(2));

    [Fact]
    public async Task A_path_that_is_not_there_is_told_at_once() => Assert.Equal(
        "No file or directory 'nothing'.",
        (await Executable.RunAsync(new Invocation("ingest", "nothing", "--lake", "L", "--watch") { Folder = _folder.Path })).Failed());

    Process Start() => Executable.Start(new Invocation("ingest", Logs, "--lake", Lake, "--watch", "--batch-seconds", "0.2"));

    static async Task<Outcome> EndAsync(Process watch)
    {
        using (var end = Process.Start("kill", ["-TERM", $"{watch.Id}"]))
        {
            await end.WaitForExitAsync();
        }

        return await Executable.FinishAsync(watch);
    }

    async Task UntilAsync(int events)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!Directory.Exists(Lake) || (await Executable.RunAsync($"lake status --lake {Lake}")) is not { Code: 0 } status || Number(JsonDocument.Parse(status.Output), "events") < events)
        {
            await Task.Delay(50, end.Token);
        }
    }

    static int Number(JsonDocument row, string name) => row.RootElement.GetProperty(name).GetInt32();

    static string Lines(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i =>
        $"10.0.0.1 - - [22/Nov/2026:10:{i / 60 % 60:00}:{i % 60:00} +0000] \"GET /a/{i} HTTP/1.1\" 200 {i} \"-\" \"agent\"\n"));
}
