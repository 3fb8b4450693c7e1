using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Upkeep;
using Millrace.Sources;
using Millrace.Tests.Queries;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Lake;

/// <summary>What a lake in a bucket meets that one in a folder does not: answers that are lost, and copies that are out of date.</summary>
public sealed class BucketStorageTests : IDisposable
{
    readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("millrace-cache-");
    readonly TemporaryLake _logs = new();

    public void Dispose()
    {
        _logs.Dispose();
        _cache.Delete(recursive: true);
    }

    /// <summary>A client that tries again after a lost answer is told that there is a file, and it is its own. What that commit names must not be deleted as if it were lost.</summary>
    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_committed_once()
    {
        var table = Open(new MemoryObjectStore { LosesAnswers = true }.CreateBucket("lake"));

        var result = await IngestAsync(table, _logs.Log("a.log", Some.Combined(30)));

        Assert.Equal((0L, 30L, 0L), (result.Version, result.Events, result.Retries));
        Assert.Empty(await CheckAsync(table));
        Assert.Equal(0, (await IngestAsync(table, _logs.Log("a.log", Some.Combined(30)))).Events);
    }

    [Fact]
    public async Task A_lake_that_was_deleted_and_made_again_is_not_read_from_old_copies()
    {
        foreach (var lines in new[] { 3, 5 })
        {
            var table = Open(new MemoryObjectStore().CreateBucket("lake"));
            for (var i = 0; i < 11; i++)
            {
                await IngestAsync(table, _logs.Log($"{i}.log", Some.Combined(lines)));
            }

            Assert.Equal(11L * lines, LakeStatus.Of(await table.ReadAsync(default)).Events);
        }
    }

    [Fact]
    public async Task A_copy_that_was_cut_short_is_fetched_again()
    {
        var store = new MemoryObjectStore().CreateBucket("lake");
        await Open(store).Storage.ReplaceAsync("events/a.parquet", "whole"u8.ToArray(), default);
        var local = await Open(store).Storage.FetchAsync("events/a.parquet", 5, default);
        await File.WriteAllTextAsync(local, "who", TestContext.Current.CancellationToken);

        Assert.Equal("whole", await File.ReadAllTextAsync(await Open(store).Storage.FetchAsync("events/a.parquet", 5, default), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fetch_that_failed_is_tried_again()
    {
        var store = new MemoryObjectStore().CreateBucket("lake");
        var storage = Open(store).Storage;
        await storage.ReplaceAsync("events/a.parquet", "whole"u8.ToArray(), default);
        store.BeforeRequest = (what, _, _) => what == "list" ? throw new UserException("The network is gone.") : Task.CompletedTask;
        await Assert.ThrowsAsync<UserException>(() => storage.FetchAsync("events/a.parquet", 5, default));
        store.BeforeRequest = (_, _, _) => Task.CompletedTask;

        Assert.True(File.Exists(await storage.FetchAsync("events/a.parquet", 5, default)));
    }

    [Fact]
    public async Task Who_shares_a_fetch_gets_the_file_though_the_one_who_began_it_gives_up()
    {
        using var stop = new CancellationTokenSource();
        var store = new MemoryObjectStore().CreateBucket("lake");
        var storage = Open(store).Storage;
        await storage.ReplaceAsync("events/a.parquet", "whole"u8.ToArray(), default);
        var asked = new TaskCompletionSource();
        var requests = 0;
        store.BeforeRequest = (_, _, _) =>
        {
            if (Interlocked.Increment(ref requests) > 1)
            {
                return Task.CompletedTask;
            }

            asked.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(stop.Token);
        };
        var first = storage.FetchAsync("events/a.parquet", 5, stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var second = storage.FetchAsync("events/a.parquet", 5, default);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(File.Exists(await second.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_check_asks_the_bucket_and_not_the_copies()
    {
        var store = new MemoryObjectStore().CreateBucket("lake");
        var table = Open(store);
        await IngestAsync(table, _logs.Log("a.log", Some.Combined(30)));
        Assert.Empty(await CheckAsync(table));
        await table.Storage.DeleteAsync("events/" + (await table.ReadAsync(default)).Files.Keys.Single(), default);

        Assert.Contains("is committed and is not there", Assert.Single(await CheckAsync(table)), StringComparison.Ordinal);
    }

    LakeTable Open(IObjectStore store) => new(new BucketStorage(ObjectAddress.Parse("s3://lake/p"), store, _cache.FullName), TimeProvider.System);

    static Task<IngestResult> IngestAsync(LakeTable table, string log) => TemporaryLake.IngestAsync(table, new IngestOptions { Query = TemporaryLake.Options }, log);

    static async Task<IReadOnlyList<string>> CheckAsync(LakeTable table) => await new LakeCheck(table).RunAsync(await table.ReadAsync(default), TemporaryLake.Options);
}
