namespace Millrace.Cli.Tests;

/// <summary>An error store in DynamoDB, through the executable.</summary>
public sealed class DynamoTests(DynamoServer server) : IClassFixture<DynamoServer>, IDisposable
{
    const string Log = "2026-11-21 20:00:00,000 ERROR [main] shop.Pay - card 16 was declined\n2026-11-22 09:00:00,000 ERROR [main] shop.Pay - card 17 was declined\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_extracted_into_a_table_is_reported_from_it_and_dropped_when_it_is_old()
    {
        _folder.Write("app.log", Log);
        _folder.Write("millrace.json", """{"errors": {"store": "dynamodb:shop-errors", "keep": "90d"}}""");

        var first = (await RunAsync("errors extract app.log")).Quietly();
        var second = (await RunAsync("errors extract app.log --store dynamodb:shop-errors")).Quietly();
        var stored = (await RunAsync($"report errors {Some.AsOf} -o ndjson")).Quietly();
        var read = (await RunAsync($"report errors app.log {Some.AsOf} -o ndjson")).Quietly();
        var kept = (await RunAsync("errors retain --dry-run")).Quietly();

        Assert.Equal("{\"sources\":1,\"known\":0,\"errors\":2}\n", first);
        Assert.Equal("{\"sources\":0,\"known\":1,\"errors\":0}\n", second);
        Assert.Contains("\"count\":2,", read, StringComparison.Ordinal);
        Assert.Equal(Normal(read), Normal(stored));
        Assert.EndsWith("\"done\":false}\n", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_in_a_lake_is_kept_in_a_table()
    {
        _folder.Write("app.log", Log);

        (await RunAsync("ingest app.log --lake lake --errors dynamodb:lake-errors")).Quietly();

        Assert.Contains("\"count\":2,", (await RunAsync($"report errors --store dynamodb:lake-errors {Some.AsOf} -o ndjson")).Quietly(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_there_is_not_is_told() => Assert.Equal(
        "There is no table 'none' in DynamoDB; check its name, the region and the account.", (await RunAsync($"report errors --store dynamodb:none {Some.AsOf}")).Failed(2));

    /// <summary>A store knows files by their whole paths.</summary>
    string Normal(string report) => report.Replace(Path.Join(_folder.Path, "app.log"), "app.log", StringComparison.Ordinal);

    Task<Outcome> RunAsync(string words) => Executable.RunAsync(new Invocation(words.Split(' '))
    {
        Folder = _folder.Path,
        Environment = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ENDPOINT_URL_DYNAMODB"] = server.Table("any").Endpoint!,
        },
    });
}
