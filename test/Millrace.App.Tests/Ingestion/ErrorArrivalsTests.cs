using System.Globalization;
using Millrace.App.Ingestion;
using Millrace.Errors;
using Millrace.Errors.Store;
using Millrace.Lake.Ingestion;
using Millrace.Sources;
using Millrace.Tests.Lake;
using Millrace.Tests.Queries;

namespace Millrace.App.Tests.Ingestion;

/// <summary>Errors that come into a store as logs come into a lake.</summary>
public sealed class ErrorArrivalsTests : IDisposable
{
    readonly TemporaryLake _lake = new();
    readonly SqliteErrorStore _store;

    public ErrorArrivalsTests()
    {
        Directory.CreateDirectory(_lake.Path);
        _store = SqliteErrorStore.Open(_lake.Path + "-errors.db", creates: true);
    }

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _lake.Dispose();
    }

    [Fact]
    public async Task What_is_ingested_is_in_the_store_once()
    {
        var (one, two) = (_lake.Log("1.log", Error(-3) + Error(-2)), _lake.Log("2.log", Error(-1)));

        Assert.Equal(3, (await IngestAsync(Keeping, one, two)).Events);
        Assert.Equal(0, (await IngestAsync(Keeping, one, two)).Events);

        Assert.Equal(3, await ErrorsAsync());
    }

    [Fact]
    public async Task What_a_file_has_grown_by_is_added()
    {
        var log = _lake.Log("app.log", Error(-3));
        await IngestAsync(Keeping, log);
        File.AppendAllText(log, Error(-2) + Error(-1));
        await IngestAsync(Keeping, log);
        File.Move(log, log + ".1");
        File.AppendAllText(log + ".1", Error(-0.5));
        _lake.Log("app.log", Error(-0.2));
        await IngestAsync(Keeping, log, log + ".1");

        Assert.Equal(5, await ErrorsAsync());
    }

    [Fact]
    public async Task Where_the_store_fails_nothing_is_committed_and_the_next_run_brings_in_both()
    {
        var log = _lake.Log("app.log", Error(-3) + Error(-2));

        await Assert.ThrowsAsync<UserException>(() => IngestAsync((_, _) => throw new UserException("The store is full."), log));

        Assert.Null(await _lake.Table.TryReadAsync(default));
        Assert.Empty(Directory.GetFiles(_lake.Path, "*.parquet", SearchOption.AllDirectories));
        Assert.Equal(2, (await IngestAsync(Keeping, log)).Events);
        Assert.Equal(2, await ErrorsAsync());
    }

    /// <summary>As after a crash between the store and the commit, and where the file has grown before the next run.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_batch_that_is_repeated_counts_once(int more)
    {
        var log = _lake.Log("app.log", Error(-3) + Error(-2));
        await Assert.ThrowsAsync<UserException>(() => IngestAsync(
            async (batch, stop) =>
            {
                await Keeping(batch, stop);
                throw new UserException("The process dies here.");
            },
            log));
        Assert.Equal(2, await ErrorsAsync());
        File.AppendAllText(log, string.Concat(Enumerable.Repeat(Error(-1), more)));

        Assert.Equal(2 + more, (await IngestAsync(Keeping, log)).Events);

        Assert.Equal(2 + more, await ErrorsAsync());
    }

    [Fact]
    public async Task A_later_file_of_the_name_that_begins_with_the_same_line_is_another()
    {
        const string Header = "#Software: shop\n";
        var log = _lake.Log("app.log", Header + Error(-3));
        await IngestAsync(Keeping, log);
        File.Move(log, log + ".1");
        _lake.Log("app.log", Header + Error(-1));
        await IngestAsync(Keeping, log);

        Assert.Equal(2, await ErrorsAsync());
    }

    [Fact]
    public async Task Objects_are_those_that_are_extracted_by_themselves()
    {
        var objects = Some.Store(("a.log", Error(-3)), ("b.log", Error(-2)));
        var query = Some.Options(objects);
        await new ErrorExtraction(new ErrorIntake(_store, TimeProvider.System), query, countsClientErrors: false).RunAsync(["s3://logs/a.log"], default);

        await new LakeIngest(_lake.Table, new IngestOptions { Query = query, BeforeCommit = Keeping }).RunAsync(["s3://logs/"], default);
        var after = await new ErrorExtraction(new ErrorIntake(_store, TimeProvider.System), query, countsClientErrors: false).RunAsync(["s3://logs/"], default);

        Assert.Equal((0, 2), (after.Sources, after.Known));
        Assert.Equal(2, await ErrorsAsync());
    }

    Task Keeping(StagedBatch batch, CancellationToken stop) => new ErrorArrivals(new ErrorIntake(_store, TimeProvider.System), countsClientErrors: false).TakeAsync(batch, stop);

    Task<IngestResult> IngestAsync(Func<StagedBatch, CancellationToken, Task> beforeCommit, params string[] logs) =>
        TemporaryLake.IngestAsync(_lake.Open(), new IngestOptions { Query = TemporaryLake.Options, BeforeCommit = beforeCommit }, logs);

    async Task<long> ErrorsAsync() => (await new StoredErrors(_store, ErrorRules.None).ReadAsync(Some.AsOf.AddDays(-1), Some.AsOf, default)).Errors;

    static string Error(double hours) =>
        string.Create(CultureInfo.InvariantCulture, $"{Some.AsOf.AddHours(hours):yyyy-MM-dd HH:mm:ss},000 ERROR [main] shop.A - disk is full\njava.io.IOException: disk\n\tat shop.A.write(A.java:7)\n");
}
