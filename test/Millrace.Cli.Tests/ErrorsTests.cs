namespace Millrace.Cli.Tests;

public sealed class ErrorsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _log;

    public ErrorsTests()
    {
        _log = Path.Join(_folder.Path, "app.log");
        File.WriteAllText(_log, string.Concat(Enumerable.Range(0, 12).Select(i => $"""
            2026-11-{10 + i} 10:00:00,000 ERROR [main] shop.Ship - cannot reach carrier {i}
            java.lang.IllegalStateException: no carrier
                at shop.Ship.send(Ship.java:{i})

            """)) + "2026-11-22 09:00:00,000 ERROR [main] shop.Pay - card 17 was declined\n2026-11-22 09:01:00,000 INFO  [main] shop.Pay - done\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task The_report_names_what_is_new_first(string kind)
    {
        var report = (await Executable.RunAsync($"report errors {_log} {Some.AsOf} -o {kind}")).Quietly();

        Golden.Matches($"Golden/report-errors.{kind}", report.Replace(_log, "app.log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Templates_are_told_for_every_event_and_in_groups()
    {
        var events = (await Executable.RunAsync($"errors templates {_log}")).Quietly().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var groups = (await Executable.RunAsync($"errors templates {_log} --groups -o csv")).Quietly();

        Assert.Equal(14, events.Length);
        Assert.Contains("\"line\":4,", events[1], StringComparison.Ordinal);
        Assert.Contains("\"template\":\"cannot reach carrier <*>\"", events[1], StringComparison.Ordinal);
        Assert.Contains(",12,cannot reach carrier <*>\n", groups, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_keeps_groups_from_run_to_run()
    {
        var state = Path.Join(_folder.Path, "templates.txt");

        var first = (await Executable.RunAsync($"errors templates {_log} --groups --state {state} -o csv")).Quietly();
        var second = (await Executable.RunAsync($"errors templates {_log} --groups --state {state} -o csv")).Quietly();

        Assert.Equal(first.Split('\n').Skip(1).Select(row => row.Split(',')[0]).Order(), second.Split('\n').Skip(1).Select(row => row.Split(',')[0]).Order());
        Assert.Contains(",24,cannot reach carrier <*>", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_extracted_is_reported_from_the_store()
    {
        var store = Path.Join(_folder.Path, "errors.db");

        var first = (await Executable.RunAsync($"errors extract {_log} --store {store}")).Quietly();
        var second = (await Executable.RunAsync($"errors extract {_log} --store {store}")).Quietly();
        var report = (await Executable.RunAsync($"report errors --store {store} {Some.AsOf} -o ndjson")).Quietly();

        Assert.Equal("{\"sources\":1,\"known\":0,\"errors\":13}\n", first);
        Assert.Equal("{\"sources\":0,\"known\":1,\"errors\":0}\n", second);
        Assert.Equal((await Executable.RunAsync($"report errors {_log} {Some.AsOf} -o ndjson")).Quietly(), report);
    }

    [Fact]
    public async Task What_arrives_in_a_lake_is_kept_and_reported_from_the_store()
    {
        var store = Path.Join(_folder.Path, "errors.db");

        (await Executable.RunAsync($"ingest {_log} --lake {Path.Join(_folder.Path, "lake")} --errors {store}")).Quietly();
        var report = (await Executable.RunAsync($"report errors --store {store} {Some.AsOf} -o ndjson")).Quietly();

        Assert.Equal((await Executable.RunAsync($"report errors {_log} {Some.AsOf} -o ndjson")).Quietly(), report);
    }

    /// <summary>The command is started in another folder than that of the settings, and the lake that they name is not asked where the store can be.</summary>
    [Fact]
    public async Task The_store_of_the_settings_is_that_of_every_command()
    {
        var settings = Path.Join(_folder.Path, "millrace.json");
        await File.WriteAllTextAsync(settings, """{"errors": {"store": "kept/errors.db"}, "lake": {"path": "none"}}""");
        Directory.CreateDirectory(Path.Join(_folder.Path, "kept"));
        var lake = Path.Join(_folder.Path, "lake");

        var extracted = (await Executable.RunAsync($"errors extract {_log} --config {settings}")).Quietly();
        (await Executable.RunAsync($"ingest {_log} --lake {lake}")).Quietly();
        var stored = (await Executable.RunAsync($"report errors {Some.AsOf} -o ndjson --config {settings}")).Quietly();
        var read = (await Executable.RunAsync($"report errors {_log} {Some.AsOf} -o ndjson --config {settings}")).Quietly();

        Assert.Equal("{\"sources\":1,\"known\":0,\"errors\":13}\n", extracted);
        Assert.Equal(read, stored);
        Assert.True(File.Exists(Path.Join(_folder.Path, "kept/errors.db")));
        Assert.Contains("--in " + lake, (await Executable.RunAsync($"report errors --lake {lake} {Some.AsOf} -o ndjson --config {settings}")).Quietly(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_errors_are_dropped_from_a_store()
    {
        var today = DateTime.UtcNow.Date;
        await File.WriteAllTextAsync(_log, $"{today.AddDays(-40):yyyy-MM-dd} 10:00:00,000 ERROR [main] shop.Pay - card 17 was declined\n{today.AddDays(-13):yyyy-MM-dd} 10:00:00,000 INFO  [main] shop.Pay - done\n{today:yyyy-MM-dd} 00:00:01,000 ERROR [main] shop.Pay - card 18 was declined\n");
        var settings = Path.Join(_folder.Path, "millrace.json");
        await File.WriteAllTextAsync(settings, """{"errors": {"store": "errors.db", "keep": "30d"}}""");
        (await Executable.RunAsync($"errors extract {_log} --config {settings}")).Quietly();
        var before = $"{today.AddDays(-30):yyyy-MM-dd}T00:00:00Z";

        var dry = (await Executable.RunAsync($"errors retain --dry-run --config {settings}")).Quietly();
        var done = (await Executable.RunAsync($"errors retain --config {settings}")).Quietly();
        var again = await Executable.RunAsync($"errors retain --keep 2w --config {settings}");
        var missing = await Executable.RunAsync($"errors retain --keep 2w --store {_folder.Path}/none.db");

        Assert.Equal($"{{\"before\":\"{before}\",\"errors\":1,\"entries\":1,\"done\":false}}\n", dry);
        Assert.Equal($"{{\"before\":\"{before}\",\"errors\":1,\"entries\":1,\"done\":true}}\n", done);
        Assert.Contains("\"errors\":0,\"entries\":0,\"done\":true", again.Done(), StringComparison.Ordinal);
        Assert.Equal("Reports compare with the 14 days before. With 14 kept, what is older cannot be compared with.", again.Told);
        Assert.Contains($"There is no error store '{_folder.Path}/none.db'.", missing.Failed(), StringComparison.Ordinal);
        Assert.Contains("back after 12 days or more", (await Executable.RunAsync($"report errors --as-of {today:yyyy-MM-dd}T12:00:00Z --config {settings} -o table")).Quietly(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData(" --client-errors", "", "GET /a")]
    [InlineData("", """, "clientErrors": true""", "GET /a")]
    public async Task Client_errors_of_what_arrives_are_kept_by_choice(string option, string setting, string expected)
    {
        var log = Path.Join(_folder.Path, "access.log");
        await File.WriteAllTextAsync(log, "203.0.113.9 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 404 1 \"-\" \"curl/8.5\"\n");
        var settings = Path.Join(_folder.Path, "millrace.json");
        await File.WriteAllTextAsync(settings, "{\"errors\": {\"store\": \"errors.db\"" + setting + "}}");

        (await Executable.RunAsync($"ingest {log} --lake {Path.Join(_folder.Path, "lake")} --config {settings}{option}")).Quietly();
        var report = (await Executable.RunAsync($"report errors {Some.AsOf} -o ndjson --config {settings}")).Quietly();

        Assert.Equal(expected.Length == 0, report.Length == 0);
        Assert.Contains(expected, report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report errors x --store y", "'report errors' reads no logs where it reads the store 'y': sources, --lake, --rejects and --client-errors go with 'errors extract'.")]
    [InlineData("report errors --store y --client-errors", "'report errors' reads no logs where it reads the store 'y': sources, --lake, --rejects and --client-errors go with 'errors extract'.")]
    [InlineData("errors extract x --store y --since 1h", "There is no option '--since'.\n'millrace errors extract --help' shows what there is.")]
    [InlineData("report errors", "'report errors' needs a source: files, directories, '-' or s3://bucket/prefix, a lake with --lake, or an error store with --store.")]
    [InlineData("errors extract x", "There is no store to bring errors into. Name one with --store FILE or --store dynamodb:TABLE, or in millrace.json: {\"errors\": {\"store\": \"errors.db\"}}.")]
    [InlineData("errors extract x --store dynamodb:", "'dynamodb:' is not an error store. Expected a file or dynamodb:TABLE.")]
    [InlineData("report errors --store s3://logs/errors.db", "'s3://logs/errors.db' is not an error store. Expected a file or dynamodb:TABLE.")]
    [InlineData("ingest x --lake y --client-errors", "--client-errors says which errors are kept, and there is no store for them. Name one with --errors, or leave it out.")]
    [InlineData("errors retain --keep 90d", "There is no store to drop errors from. Name one with --store FILE or --store dynamodb:TABLE, or in millrace.json: {\"errors\": {\"store\": \"errors.db\"}}.")]
    [InlineData("errors retain --store y", "No retention period is set, so all errors stay. Set one with --keep 90d, or in millrace.json: {\"errors\": {\"keep\": \"90d\"}}.")]
    [InlineData("errors retain --store y --keep soon", "'soon' is no time to keep errors for (--keep). Expected days or weeks, such as 90d or 12w.")]
    [InlineData("report errors x -o csv", "'report errors' is written as table, json or ndjson.")]
    public async Task What_cannot_be_is_told(string line, string expected) => Assert.Equal(expected, (await Executable.RunAsync(line)).Failed(2));
}
