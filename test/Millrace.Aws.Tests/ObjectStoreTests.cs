using System.Text;
using Millrace.Sources;
using Millrace.Tests.Sources;

namespace Millrace.Aws.Tests;

/// <summary>What every object store does; the same tests for the real thing and for the one in memory that other tests rely on.</summary>
public abstract class ObjectStoreTests
{
    readonly string _prefix = $"{Guid.NewGuid():N}/";

    protected abstract IObjectStore Open();

    [Fact]
    public async Task What_was_put_is_read_by_ranges()
    {
        var store = Open();
        await PutAsync(store, "a.log", "0123456789");

        Assert.Equal("0123456789", await ReadAsync(store, "a.log", 0, 10));
        Assert.Equal("345", await ReadAsync(store, "a.log", 3, 3));
        Assert.Equal("89", await ReadAsync(store, "a.log", 8, 100));
        Assert.Equal("", await ReadAsync(store, "a.log", 10, 5));
        Assert.Equal("", await ReadAsync(store, "a.log", 3, 0));
    }

    [Fact]
    public async Task A_put_replaces_what_was_there()
    {
        var store = Open();
        await PutAsync(store, "a.log", "the old text");
        await PutAsync(store, "a.log", "new");

        Assert.Equal("new", await ReadAsync(store, "a.log", 0, 100));
    }

    [Fact]
    public async Task A_prefix_lists_its_objects_in_order_with_their_sizes()
    {
        var store = Open();
        await PutAsync(store, "logs/b.gz", "22");
        await PutAsync(store, "logs/a/1.gz", "1");
        await PutAsync(store, "logs/empty", "");
        await PutAsync(store, "other/c", "1");

        Assert.Equal([("logs/a/1.gz", 1L), ("logs/b.gz", 2L), ("logs/empty", 0L)], await ListAsync(store, "logs/"));
        Assert.Equal([("logs/b.gz", 2L)], await ListAsync(store, "logs/b"));
        Assert.Empty(await ListAsync(store, "nothing"));
    }

    [Fact]
    public async Task One_object_is_found_as_the_listing_shows_it()
    {
        var store = Open();
        await PutAsync(store, "a b+é.log", "12345");

        var found = await store.FindAsync("logs", _prefix + "a b+é.log", default);

        Assert.Equal(await store.ListAsync("logs", _prefix, default).ToListAsync(), [found! with { LastModified = (await store.ListAsync("logs", _prefix, default).FirstAsync()).LastModified }]);
        Assert.Null(await store.FindAsync("logs", _prefix + "other.log", default));
    }

    [Fact]
    public async Task What_was_found_is_read_and_nothing_that_replaced_it()
    {
        var store = Open();
        await PutAsync(store, "a.log", "the first");
        var found = (await store.FindAsync("logs", _prefix + "a.log", default))!;
        Assert.Equal("first", Encoding.UTF8.GetString(await store.ReadAsync("logs", found, 4, 100, default)));

        await PutAsync(store, "a.log", "the second");

        var failure = await Assert.ThrowsAsync<UserException>(() => store.ReadAsync("logs", found, 4, 100, default));
        Assert.Equal($"'s3://logs/{_prefix}a.log' was replaced while it was read; run again.", failure.Message);
    }

    [Fact]
    public async Task A_missing_bucket_and_a_missing_object_are_told()
    {
        var store = Open();
        await PutAsync(store, "a", "1");

        var bucket = await Assert.ThrowsAsync<UserException>(async () => await store.ListAsync("no-such-bucket", "", default).ToListAsync());
        var objectOfBucket = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("no-such-bucket", "a", 0, 1, default));
        var missing = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", _prefix + "b", 0, 1, default));

        Assert.Equal("There is no bucket 'no-such-bucket'; check its name and --s3-endpoint.", bucket.Message);
        Assert.Equal(bucket.Message, objectOfBucket.Message);
        Assert.Equal($"There is no object 's3://logs/{_prefix}b'.", missing.Message);
    }

    protected Task PutAsync(IObjectStore store, string key, string text) => store.PutAsync("logs", _prefix + key, new MemoryStream(Encoding.UTF8.GetBytes(text)), default);

    protected async Task<List<(string Key, long Size)>> ListAsync(IObjectStore store, string prefix)
        => [.. (await store.ListAsync("logs", _prefix + prefix, default).ToListAsync()).Select(stored => (stored.Key[_prefix.Length..], stored.Size))];

    async Task<string> ReadAsync(IObjectStore store, string key, long offset, int length)
        => Encoding.UTF8.GetString(await store.GetRangeAsync("logs", _prefix + key, offset, length, default));
}

public class MemoryObjectStoreTests : ObjectStoreTests
{
    protected override IObjectStore Open() => new MemoryObjectStore().CreateBucket("logs");
}
