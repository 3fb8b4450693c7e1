using System.IO.Compression;
using System.Text;
using Millrace.Sources;

namespace Millrace.Aws.Tests;

[Collection(S3Collection.Name)]
public sealed class S3StoreTests(S3Server server) : ObjectStoreTests
{
    static readonly string[] CredentialSettings =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "HOME", "USERPROFILE",
    ];

    protected override IObjectStore Open() => server.Open();

    [Fact]
    public async Task A_listing_goes_on_over_its_pages()
    {
        var store = Open();
        await Parallel.ForAsync(0, 1205, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await PutAsync(store, $"many/{i:D4}.log", "x"));

        var listed = await ListAsync(store, "many/");

        Assert.Equal(Enumerable.Range(0, 1205).Select(i => ($"many/{i:D4}.log", 1L)), listed);
    }

    [Fact]
    public async Task Sources_in_a_bucket_are_found_and_pruned()
    {
        var store = Open();
        foreach (var key in new[] { "found/2026/11/22/a.gz", "found/2026/11/22/b.txt", "found/2026/11/30/a.gz" })
        {
            await store.PutAsync("logs", key, new MemoryStream("x"u8.ToArray()), default);
        }

        var resolver = new SourceResolver(() => Stream.Null, store);
        var all = await resolver.ResolveAsync(["s3://logs/found/"], null, null, default);
        var gz = await resolver.ResolveAsync(["s3://logs/found/**/*.gz"], new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), null, default);

        Assert.Equal(3, all.Files.Count);
        Assert.Equal(["s3://logs/found/2026/11/30/a.gz"], gz.Files.Select(file => file.Name));
        Assert.Equal(["s3://logs/found/2026/11/22/a.gz"], gz.Pruned);
    }

    [Fact]
    public async Task A_compressed_object_is_read_through_many_ranges()
    {
        var store = Open();
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i} GET /orders/{i * 7919 % 100_003}\n"));
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        stored.Position = 0;
        await store.PutAsync("logs", "big.gz", stored, default);
        var file = Assert.Single((await new SourceResolver(() => Stream.Null, store, new ReadAhead(partBytes: 100_000)).ResolveAsync(["s3://logs/big.gz"], null, null, default)).Files);
        using var reader = file.Open(default);
        using var stream = Compression.Decompress(reader.OpenStream());
        using var lines = new StreamReader(stream);

        Assert.True(file.IsNamed);
        Assert.Equal(text, await lines.ReadToEndAsync());
        Assert.Null(stream.Problem);
    }

    [Fact]
    public async Task A_large_object_is_put_in_parts()
    {
        var store = Open();
        var bytes = new byte[(64 << 20) + 12_345];
        new Random(1).NextBytes(bytes);

        await store.PutAsync("logs", "large.bin", new MemoryStream(bytes), default);

        Assert.Equal(bytes[^100_000..], await store.GetRangeAsync("logs", "large.bin", bytes.Length - 100_000, 200_000, default));
        Assert.Equal(bytes[((32 << 20) - 10)..((32 << 20) + 10)], await store.GetRangeAsync("logs", "large.bin", (32 << 20) - 10, 20, default));
    }

    [Fact]
    public async Task A_destination_in_a_bucket_appears_when_it_is_committed()
    {
        var store = Open();
        await using var destination = Destination.Create("s3://logs/reports/out.csv", store);
        destination.Stream.Write("a,b\n"u8);
        Assert.Empty(await store.ListAsync("logs", "reports/", default).ToListAsync());

        await destination.CommitAsync(default);

        Assert.Equal("a,b\n"u8.ToArray(), await store.GetRangeAsync("logs", "reports/out.csv", 0, 100, default));
    }

    [Fact]
    public async Task Anonymous_access_needs_no_credentials()
    {
        var store = Open();
        await store.PutAsync("logs", "public", new MemoryStream("x"u8.ToArray()), default);
        using var anonymous = new S3Store(new S3Options { Endpoint = server.Endpoint, Anonymous = true });

        using var environment = new ClearedEnvironment(CredentialSettings);

        Assert.Equal("x"u8.ToArray(), await anonymous.GetRangeAsync("logs", "public", 0, 1, default));
    }

    [Fact]
    public async Task Missing_credentials_are_told_soon()
    {
        using var environment = new ClearedEnvironment(CredentialSettings);
        using var store = new S3Store(new S3Options());
        var started = TimeProvider.System.GetTimestamp();

        var mistake = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", "a", 0, 1, default));

        Assert.StartsWith("No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile", mistake.Message);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_missing_profile_is_named()
    {
        using var environment = new ClearedEnvironment(CredentialSettings);
        Environment.SetEnvironmentVariable("AWS_PROFILE", "nobody");
        using var store = new S3Store(new S3Options());

        var mistake = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", "a", 0, 1, default));

        Assert.StartsWith("No AWS credentials were found for the profile 'nobody'.", mistake.Message);
    }

    [Fact]
    public async Task Wrong_credentials_are_told_without_showing_them()
    {
        Open();
        using var environment = new ClearedEnvironment(CredentialSettings);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIA-NOBODY");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "not-the-secret");
        using var store = new S3Store(new S3Options { Endpoint = server.Endpoint });

        var mistake = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", "a", 0, 1, default));

        Assert.StartsWith("S3 does not accept the AWS credentials (InvalidAccessKeyId); check AWS_ACCESS_KEY_ID", mistake.Message);
        Assert.DoesNotContain("AKIA-NOBODY", mistake.Message);
        Assert.DoesNotContain("not-the-secret", mistake.Message);
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_told()
    {
        using var store = new S3Store(new S3Options { Endpoint = $"http://127.0.0.1:{S3Server.FreePort()}" });

        var mistake = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", "a", 0, 1, default));

        Assert.Equal("The S3 endpoint cannot be reached (Connection refused). Check the network, --s3-endpoint and AWS_ENDPOINT_URL.", mistake.Message);
    }

    [Fact]
    public async Task The_endpoint_may_come_from_the_environment()
    {
        await PutAsync(Open(), "a", "1");
        using var environment = new ClearedEnvironment(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", server.Endpoint);
        using var store = new S3Store(new S3Options());

        Assert.Equal([("a", 1L)], await ListAsync(store, ""));
    }

    [Fact]
    public async Task An_endpoint_that_is_no_url_is_a_usage_mistake()
    {
        using var store = new S3Store(new S3Options { Endpoint = "localhost:9000" });

        var mistake = await Assert.ThrowsAsync<UserException>(() => store.GetRangeAsync("logs", "a", 0, 1, default));

        Assert.Equal("The S3 endpoint is not a URL that begins with http:// or https://; check --s3-endpoint or AWS_ENDPOINT_URL.", mistake.Message);
        Assert.Equal(UserException.Usage, mistake.ExitCode);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_no_failure()
    {
        var store = Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetRangeAsync("logs", "a", 0, 1, new CancellationToken(canceled: true)));
    }
}
