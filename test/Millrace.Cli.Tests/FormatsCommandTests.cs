namespace Millrace.Cli.Tests;

public sealed class FormatsCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_list_is_as_reviewed() => Golden.Matches("Golden/formats-list.txt", (await Executable.RunAsync("formats list")).Quietly());

    [Theory]
    [InlineData("combined")]
    [InlineData("service-generated")]
    [InlineData("json")]
    [InlineData("alb")]
    [InlineData("metric-events")]
    [InlineData("gelf")]
    [InlineData("csv")]
    [InlineData("app")]
    public async Task The_explanation_is_as_reviewed(string format) =>
        Golden.Matches($"Golden/formats-explain-{format}.txt", (await Executable.RunAsync($"formats explain {format}")).Quietly());

    [Fact]
    public async Task Every_format_can_be_explained()
    {
        foreach (var line in (await Executable.RunAsync("formats list")).Quietly().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.Split(' ')[0];

            Assert.StartsWith($"{name}: ", (await Executable.RunAsync($"formats explain {name}")).Quietly());
        }
    }

    [Fact]
    public async Task A_layout_is_explained_with_its_own_fields()
    {
        var explained = (await Executable.RunAsync("formats explain", "nginx:$remote_addr [$time_local] $upstream_cache_status \"$request\" $status $request_time")).Quietly();

        Assert.Contains("upstream_cache_status", explained);
        Assert.Contains("duration_us", explained);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_hide_a_format()
    {
        var marked = _folder.Write("marked.json", "\ufeff{\"timestamp\":\"2026-11-22T10:00:00Z\",\"message\":\"a\"}\n");

        Assert.StartsWith($"{marked}: json\n", (await Executable.RunAsync($"formats detect {marked}")).Quietly());
    }

    [Fact]
    public async Task A_format_is_told_from_each_file()
    {
        var combined = _folder.Write("a.log", Some.CombinedLines(20));
        var empty = _folder.Write("empty.log", "");

        var told = (await Executable.RunAsync($"formats detect {combined} {empty} {Some.ShopLog}")).Quietly();

        Assert.Contains($"{combined}: combined\n  combined            100.0%  20 of 20 lines\n", told);
        Assert.Contains($"{empty}: empty\n", told);
        Assert.Contains($"{Some.ShopLog}: json\n  json                100.0%  10 of 10 lines\n", told);
    }

    [Fact]
    public async Task A_trial_shows_fields_and_the_place_where_a_reject_fails()
    {
        _folder.Write("access.log", "203.0.113.7 - ann [22/Nov/2026:10:00:00 +0000] \"GET /orders/17?a=b HTTP/1.1\" 200 5316 \"-\" \"curl/8\"\n203.0.113.7 - - [22/Nov/2026:10:00:01 +0000] \"GET /\u00e4\" 2x0 5316 \"-\" \"curl/8\"\n\nno access log\n");

        var outcome = await Executable.RunAsync(InFolder("formats test access.log --service path:1"));

        Assert.Equal(1, outcome.Code);
        Golden.Matches("Golden/formats-test.txt", outcome.Output);
    }

    [Fact]
    public async Task A_trial_of_lines_that_are_all_read_ends_well()
    {
        var file = _folder.Write("app.log", "2026-11-22 10:00:00,123 [main] ERROR a.B - failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n2026-11-22 10:00:01,123 [main] INFO a.B - fine\n");

        var shown = (await Executable.RunAsync($"formats test {file} --limit 3")).Quietly();

        Assert.StartsWith($"{file}: app\n\nline 1\n", shown);
        Assert.EndsWith("\n\n1 event(s), 0 reject(s) in 3 line(s).\n", shown);
    }

    [Fact]
    public async Task Formats_of_ones_own_are_found_in_the_folders_above()
    {
        _folder.Write("millrace.json", """{"formats": {"shop": {"pattern": "{timestamp:iso} {level} {{{job}}} {message}", "summary": "the shop's jobs"}}}""");
        _folder.Write("other.json", """{"formats": {"mine": {"pattern": "{timestamp:iso}|{message}"}}}""");
        _folder.Write("deep/below/jobs.log", "2026-11-22 10:00:00 info {nightly} done\n");
        var below = Path.Join(_folder.Path, "deep/below");

        var read = await Executable.RunAsync(new Invocation("sql", "SELECT job, level FROM logs('jobs.log')") { Folder = below });

        Assert.Equal("{\"job\":\"nightly\",\"level\":\"INFO\"}\n", read.Quietly());
        Assert.StartsWith("shop               the shop's jobs\n", (await Executable.RunAsync(InFolder("formats list") with { Folder = below })).Quietly());
        Assert.StartsWith("mine               a format of your own\n", (await Executable.RunAsync(InFolder("formats list --config ../../other.json") with { Folder = below })).Quietly());
        Assert.StartsWith("shop: the shop's jobs\n\nEvent columns\n", (await Executable.RunAsync(InFolder("formats explain shop") with { Folder = below })).Quietly());
    }

    [Fact]
    public async Task A_file_of_formats_that_cannot_be_read_is_a_mistake_of_usage()
    {
        _folder.Write("wrong.json", "{\n  \"formats\": {\n    \"a\": { \"pattern\": \"{x:float}\" } } }");

        var wrong = await Executable.RunAsync(InFolder("formats list --config wrong.json"));
        var absent = await Executable.RunAsync(InFolder("formats list --config absent.json"));

        Assert.StartsWith("wrong.json, line 3: The field 'x' is of the type 'float', which is not known.", wrong.Failed(2));
        Assert.StartsWith("The file of settings 'absent.json' cannot be read: ", absent.Failed(2));
    }

    [Fact]
    public async Task A_file_of_several_formats_is_told_when_it_is_read()
    {
        var mixed = _folder.Write("mixed.log", Some.CombinedLines(8) + "{\"timestamp\":\"2026-11-22T10:00:00Z\",\"message\":\"a\"}\n");

        var read = await Executable.RunAsync("sql", $"SELECT count(*) AS n FROM logs('{mixed}')");

        Assert.Contains($"millrace: '{mixed}' holds more than combined: 1 of its first lines are json (line 9 is the first). It is read as combined; the other lines are rejects.\n", read.Errors);
        Assert.Contains("  mixed: 1 lines are json, the first is line 9\n", (await Executable.RunAsync($"formats detect {mixed}")).Quietly());
    }

    [Fact]
    public async Task A_file_of_no_known_format_fails()
    {
        var odd = _folder.Write("odd.log", "one two three\nfour five\n");

        var outcome = await Executable.RunAsync($"formats detect {odd}");

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"{odd}: unknown\n", outcome.Output);
    }

    Invocation InFolder(string words) => new(words.Split(' ')) { Folder = _folder.Path };
}
