using Amazon.Runtime;
using Millrace.Errors.Store;
using Millrace.Tests.Errors.Store;

namespace Millrace.Aws.Tests;

[Collection(S3Collection.Name)]
public sealed class DynamoErrorStoreTests(DynamoServer server) : ErrorStoreTests, IClassFixture<DynamoServer>
{
    readonly string _table = $"errors-{Guid.NewGuid():N}";

    /// <summary>Wherever a process dies, the same call puts in what is missing, doubles nothing, and leaves nothing of the version before.</summary>
    [Fact]
    public async Task Whatever_request_was_the_last_one_adding_again_completes_it()
    {
        await using var store = await OpenAsync();
        var (old, now) = (SomeExtract("a"), SomeExtract("a"));
        now = now with { Source = now.Source with { Version = "2" }, Cells = [now.Cells[0] with { Hour = now.Cells[0].Hour - 30, Count = 9 }, now.Cells[1]] };
        await store.AddAsync(now, default);
        var expected = await ReadAsync(store);
        var failed = 0;
        for (var requests = 1; ; requests++)
        {
            await store.AddAsync(old with { Source = old.Source with { Version = $"old {requests}" } }, default);
            await using var dying = await DynamoErrorStore.OpenAsync(server.Table(_table) with { HttpClients = new DyingClients(requests) }, creates: false, default);
            try
            {
                await dying.AddAsync(now, default);
                break;
            }
            catch (UserException)
            {
                failed++;
            }

            Assert.False(await store.HoldsAsync(now.Source, default));
            Assert.True(await store.AddAsync(now, default));
            Assert.Equal(expected, await ReadAsync(store));
            Assert.True(await store.HoldsAsync(now.Source, default));
        }

        Assert.InRange(failed, 6, 30);
    }

    [Fact]
    public async Task Two_versions_at_the_same_time_are_told_and_put_right_by_the_next()
    {
        await using var store = await OpenAsync();
        var extract = SomeExtract("a");
        var newer = extract with { Source = extract.Source with { Version = "2" }, Cells = [extract.Cells[0] with { Count = 5 }] };
        var clients = new DyingClients(int.MaxValue);
        await using var slow = await DynamoErrorStore.OpenAsync(server.Table(_table) with { HttpClients = clients }, creates: false, default);
        clients.BeforeBatch = () => store.AddAsync(newer, default);

        var told = await Assert.ThrowsAsync<UserException>(() => slow.AddAsync(extract, default));

        Assert.Equal($"Another process has brought another version of 's3://logs/a' into the table '{_table}' at the same time. Run again.", told.Message);
        Assert.False(await store.HoldsAsync(newer.Source, default));
        Assert.True(await store.AddAsync(newer, default));
        await using var clean = await DynamoErrorStore.OpenAsync(server.Table($"{_table}-clean"), creates: true, default);
        await clean.AddAsync(newer, default);
        Assert.Equal(await ReadAsync(clean), await ReadAsync(store));
    }

    [Fact]
    public async Task A_missing_table_and_a_wrong_endpoint_are_told()
    {
        var table = server.Table("none");

        var missing = await Assert.ThrowsAsync<UserException>(() => DynamoErrorStore.OpenAsync(table, creates: false, default));
        var wrong = await Assert.ThrowsAsync<UserException>(() => DynamoErrorStore.OpenAsync(table with { Endpoint = "here" }, creates: false, default));
        var closed = await Assert.ThrowsAsync<UserException>(() => DynamoErrorStore.OpenAsync(table with { Endpoint = $"http://127.0.0.1:{S3Server.FreePort()}" }, creates: true, default));

        Assert.Equal("There is no table 'none' in DynamoDB; check its name, the region and the account.", missing.Message);
        Assert.StartsWith("The endpoint of DynamoDB is not a URL", wrong.Message, StringComparison.Ordinal);
        Assert.StartsWith("The table 'none' cannot be reached (", closed.Message, StringComparison.Ordinal);
    }

    protected override async Task<IErrorStore> OpenAsync() => await DynamoErrorStore.OpenAsync(server.Table(_table), creates: true, default);

    /// <summary>Lets some requests through, not counting those that open the store, and no more.</summary>
    sealed class DyingClients(int requests) : HttpClientFactory
    {
        int _left = requests;
        bool _isOpen;

        public Func<Task>? BeforeBatch { get; set; }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

        sealed class Handler(DyingClients clients) : DelegatingHandler(new HttpClientHandler())
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var action = request.Headers.GetValues("X-Amz-Target").Single();
                clients._isOpen |= !action.EndsWith("DescribeTable", StringComparison.Ordinal);
                if (action.EndsWith("BatchWriteItem", StringComparison.Ordinal) && clients.BeforeBatch is { } before)
                {
                    clients.BeforeBatch = null;
                    await before();
                }

                if (clients._isOpen && clients._left-- <= 0)
                {
                    return new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new StringContent("""{"__type":"com.amazonaws.dynamodb.v20120810#ValidationException","message":"dead"}""") };
                }

                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
