using System.Text;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Sources;
using Millrace.Sources.Arrivals;
using Millrace.Tests.Lake.Ingestion;
using Millrace.Tests.Queries;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Lake.Watching;

public sealed class LakeWatchTests : IDisposable
{
    readonly TemporaryLake _lake = new();
    readonly MemoryObjectStore _store = new MemoryObjectStore().CreateBucket("logs");

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Objects_that_are_told_of_twice_and_out_of_order_are_in_once()
    {
        var keys = Enumerable.Range(0, 40).Select(i => Put($"{i:D2}.log", i * 10, (i * 10) + 10)).ToArray();
        var script = new ScriptedArrivals(_store);
        await using var watch = Start(script, Listing());
        var random = new Random(4);

        foreach (var part in keys.Concat(keys).OrderBy(_ => random.Next()).Chunk(9))
        {
            script.Tell(part);
            await Task.Yield();
        }

        await watch.UntilAsync(() => script.Acknowledged.Count == 80 && watch.Counters.Waiting == 0);
        await watch.StopAsync();
        await HoldsAsync(400);
        Assert.Equal((40L, 400L), (watch.Counters.Objects, watch.Counters.Events));
        Assert.InRange(watch.Counters.Duplicates, 40, 80);
    }

    [Fact]
    public async Task A_lost_notification_is_found_by_the_listing()
    {
        var script = new ScriptedArrivals(_store);
        await using var watch = Start(script, Listing());
        Put("told.log", 0, 10);
        script.Tell("told.log");
        Put("lost.log", 10, 20);

        await watch.UntilAsync(() => watch.Counters.Events == 20);
        await watch.StopAsync();
        await HoldsAsync(20);
    }

    [Fact]
    public async Task An_object_that_is_gone_is_counted_and_acknowledged()
    {
        var script = new ScriptedArrivals(_store);
        await using var watch = Start(script);
        Put("a.log", 0, 10);
        script.Tell("gone.log", "a.log");

        await watch.UntilAsync(() => script.Acknowledged.Count == 2);

        Assert.Equal((1L, 10L), (watch.Counters.Vanished, watch.Counters.Events));
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_goes_back_and_the_others_go_in()
    {
        var script = new ScriptedArrivals(_store);
        _store.BeforeRequest = (what, key, _) => what == "read" && key == "bad.log" ? throw new UserException("Access to 'bad.log' is denied.") : Task.CompletedTask;
        await using var watch = Start(script);
        Put("bad.log", 0, 10);
        Put("good.log", 10, 20);
        script.Tell("bad.log", "good.log");

        await watch.UntilAsync(() => script.Acknowledged.Contains("good.log") && script.Returned.Contains("bad.log"));
        _store.BeforeRequest = (_, _, _) => Task.CompletedTask;
        script.Tell("bad.log");
        await watch.UntilAsync(() => watch.Counters.Events == 20);

        await watch.StopAsync();
        await HoldsAsync(20);
    }

    [Fact]
    public async Task A_source_that_fails_for_a_while_is_told_and_read_again()
    {
        var script = new ScriptedArrivals(_store);
        await using var watch = Start(script);
        Put("a.log", 0, 10);
        script.Tell("", "", "a.log");

        await watch.UntilAsync(() => watch.Counters.Events == 10);

        Assert.Equal(2, watch.Counters.Failures);
        Assert.Equal(["The script cannot be read. Trying again.", "the script can be read again."], watch.Told);
    }

    [Fact]
    public async Task A_lake_that_cannot_be_written_to_for_a_while_loses_nothing()
    {
        var disk = new MemoryObjectStore().CreateBucket("lake");
        var cache = Directory.CreateTempSubdirectory("millrace-cache-");
        var failures = 5;
        disk.BeforeRequest = (what, key, _) => what == "create" && key.EndsWith(".json", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0
            ? throw new UserException("The lake is full.") : Task.CompletedTask;
        var table = new LakeTable(new BucketStorage(ObjectAddress.Parse("s3://lake/p"), disk, cache.FullName), TimeProvider.System);
        var script = new ScriptedArrivals(_store);
        await using (var watch = new RunningWatch(table, Options, script))
        {
            Put("a.log", 0, 10);
            Put("b.log", 10, 30);
            script.Tell("a.log", "b.log");

            await watch.UntilAsync(() => script.Acknowledged.Count == 2);
            await watch.StopAsync();
            Assert.Equal((30L, 0), (watch.Counters.Events, script.Returned.Count));
            Assert.InRange(watch.Counters.Retries, 3, 5);
            Assert.Contains("The lake is full. Trying again.", watch.Told);
        }

        Assert.Equal(30, (await table.ReadAsync(default)).Files.Values.Sum(file => file.Events));
        cache.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_taken_up_is_finished_when_the_watch_is_stopped()
    {
        var script = new ScriptedArrivals(_store);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.BeforeRequest = (what, _, _) =>
        {
            begun.TrySetResult();
            return what == "find" ? goOn.Task : Task.CompletedTask;
        };
        await using var watch = Start(script);
        Put("a.log", 0, 10);
        script.Tell("a.log");
        await begun.Task;

        var stopped = watch.StopAsync();
        goOn.SetResult();
        await stopped;

        Assert.Equal(["a.log"], script.Acknowledged);
        await HoldsAsync(10);
    }

    [Fact]
    public async Task A_new_run_over_the_same_adds_nothing()
    {
        Put("a.log", 0, 10);
        await using (var first = Start(Listing()))
        {
            await first.UntilAsync(() => first.Counters.Events == 10);
        }

        Put("b.log", 10, 30);
        await using var second = Start(Listing());
        await second.UntilAsync(() => second.Counters.Events == 20);

        await second.StopAsync();
        Assert.Equal(1, second.Counters.Duplicates);
        await HoldsAsync(30);
    }

    [Fact]
    public async Task Two_watches_of_one_lake_bring_in_each_object_once()
    {
        await using var one = new RunningWatch(_lake.Open(), Options, Listing());
        await using var other = new RunningWatch(_lake.Open(), Options, Listing());
        for (var i = 0; i < 20; i++)
        {
            Put($"{i:D2}.log", i * 5, (i * 5) + 5);
            await Task.Delay(20);
        }

        await one.UntilAsync(() => one.Counters.Events + other.Counters.Events >= 100 && one.Counters.Waiting + other.Counters.Waiting == 0);
        await one.StopAsync();
        await other.StopAsync();
        Assert.Equal(100, one.Counters.Events + other.Counters.Events);
        await HoldsAsync(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Logs_that_are_appended_to_rotated_and_renamed_meanwhile_are_in_once(int seed)
    {
        var folder = Path.GetDirectoryName(_lake.Log("logs-of-others.txt", ""))! + "/logs";
        Directory.CreateDirectory(folder);
        await using var watch = new RunningWatch(_lake.Table, new IngestOptions { Query = TemporaryLake.Options }, new DirectoryArrivals([folder], TimeProvider.System, RunningWatch.Often));

        var lines = await new RotatingWriter(folder, seed).WriteAsync(60);

        // The last line has no line break yet.
        await watch.UntilAsync(() => watch.Counters.Events >= lines - 1 && watch.Counters.Waiting == 0);
        await watch.StopAsync();
        await HoldsAsync(lines - 1);
    }

    static IngestOptions Options => new() { Query = Some.Options() };

    RunningWatch Start(params IArrivals[] arrivals) => new(_lake.Table, Options, arrivals);

    BucketArrivals Listing() => new(_store, new ObjectScope(["s3://logs/"]), TimeProvider.System, RunningWatch.Often);

    string Put(string key, int from, int to)
    {
        _store.With("logs", key, Encoding.UTF8.GetBytes(RotationTests.Lines(from, to)));
        return key;
    }

    async Task HoldsAsync(int lines) => Assert.Equal([$"{lines}|{lines}|0|{lines - 1}"], await _lake.RowsAsync("SELECT COUNT(*), COUNT(DISTINCT bytes), MIN(bytes), MAX(bytes) FROM events"));
}
