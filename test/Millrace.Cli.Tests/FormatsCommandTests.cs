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
    public async Task A_file_of_no_known_format_fails()
    {
        var odd = _folder.Write("odd.log", "one two three\nfour five\n");

        var outcome = await Executable.RunAsync($"formats detect {odd}");

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"{odd}: unknown\n", outcome.Output);
    }
}
