using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Sources.Arrivals;

public sealed class BucketArrivalsTests
{
    readonly MemoryObjectStore _store = new MemoryObjectStore().CreateBucket("b");
    readonly SetClock _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_is_there_and_what_comes_arrives_once_and_again_when_it_is_replaced()
    {
        await using var arrivals = Watch("s3://b/logs/");
        _store.With("b", "logs/1", "1"u8.ToArray()).With("b", "logs/.hidden", "1"u8.ToArray()).With("b", "other", "1"u8.ToArray());
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();

        Assert.Equal(["s3://b/logs/1"], await RoundAsync(received));
        _store.With("b", "logs/2", "2"u8.ToArray());
        Assert.Equal(["s3://b/logs/2"], await RoundAsync(received));
        _store.With("b", "logs/1", "new"u8.ToArray());
        Assert.Equal(["s3://b/logs/1"], await RoundAsync(received));
        Assert.Empty(await RoundAsync(received));
    }

    [Fact]
    public async Task What_could_not_be_read_arrives_again()
    {
        await using var arrivals = Watch("s3://b/logs/");
        _store.With("b", "logs/1", "1"u8.ToArray());
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync());
        var arrival = received.Current!;
        await received.MoveNextAsync();

        await arrivals.ReturnAsync(arrival, default);

        Assert.Equal(["s3://b/logs/1"], await RoundAsync(received));
    }

    [Fact]
    public async Task An_object_that_goes_before_it_is_read_is_gone()
    {
        await using var arrivals = Watch("s3://b/logs/");
        _store.With("b", "logs/1", "1"u8.ToArray());
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        await received.MoveNextAsync();
        var arrival = received.Current!;
        Assert.NotNull(await arrival.FindAsync(default));

        await _store.DeleteAsync("b", "logs/1", default);

        Assert.Null(await arrival.FindAsync(default));
    }

    [Fact]
    public async Task Days_that_lie_back_are_listed_once_an_hour_where_keys_have_dates()
    {
        await using var arrivals = Watch("s3://b/logs/");
        _store.With("b", "logs/2026/11/20/a", "1"u8.ToArray());
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        await RoundAsync(received);
        _store.With("b", "logs/2026/11/20/late", "1"u8.ToArray()).With("b", "logs/2026/11/22/now", "1"u8.ToArray());

        Assert.Equal(["s3://b/logs/2026/11/22/now"], await RoundAsync(received));
        Assert.Equal(["logs/", "logs/2026/11/21", "logs/2026/11/22", "logs/2026/11/23"], _store.Lists);
        _clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(["s3://b/logs/2026/11/20/late"], await RoundAsync(received));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told_at_the_beginning()
    {
        await using var arrivals = Watch("s3://nothing/logs/");

        var failure = await Assert.ThrowsAsync<UserException>(() => arrivals.CheckAsync(default));

        Assert.Equal("There is no bucket 'nothing'; check its name and --s3-endpoint.", failure.Message);
    }

    BucketArrivals Watch(string source) => new(_store, new ObjectScope([source]), _clock, new ArrivalOptions());

    static async Task<List<string>> RoundAsync(IAsyncEnumerator<Arrival?> received)
    {
        var names = new List<string>();
        while (await received.MoveNextAsync() && received.Current is { } arrival)
        {
            names.Add(arrival.Name);
        }

        return names;
    }
}
