namespace Millrace.Cli.Tests;

public sealed class SearchTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _log;

    public SearchTests()
    {
        _log = Path.Join(_folder.Path, "a.log");
        File.WriteAllText(_log, Some.CombinedLines(30));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/orders/12 -o ndjson", "hits.ndjson")]
    [InlineData("/orders/1 --not /orders/11 --limit 3 --threads 1 --ordered -o csv", "hits.csv")]
    [InlineData("/orders/29 -C 1 -o table", "hits.table")]
    [InlineData("orders --where status=500 --sort time -o json", "hits.json")]
    [InlineData("GET --since 2026-11-22T10:00:05Z --until 2026-11-22T10:00:07Z --count", "hits.count")]
    public async Task Hits_are_printed_as_reviewed(string line, string golden)
    {
        var outcome = (await Executable.RunAsync($"search {line} --in {_log}")).Quietly();

        Golden.Matches($"Golden/search/{golden}", outcome.Replace(_log, "a.log", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--color always")]
    [InlineData("--color always -o table")]
    public async Task Colours_go_into_a_pipe_where_they_are_asked_for(string options)
    {
        var printed = (await Executable.RunAsync($"search /orders/12 --in {_log} {options}")).Quietly();

        Assert.StartsWith($"\u001b[35m{_log}\u001b[0m:\u001b[32m13\u001b[0m: ", printed);
    }

    [Theory]
    [InlineData("-o table")]
    [InlineData("-o table --color auto")]
    [InlineData("-o table --color never")]
    [InlineData("-o ndjson --color always")]
    public async Task No_other_pipe_is_coloured(string options) =>
        Assert.DoesNotContain('\u001b', (await Executable.RunAsync($"search /orders/12 --in {_log} {options}")).Quietly());

    [Fact]
    public async Task Without_a_hit_it_ends_with_1()
    {
        Assert.Equal(new Outcome(1, "", ""), await Executable.RunAsync($"search nothing-like-this --in {_log}"));
        Assert.Equal(new Outcome(1, "0\n", ""), await Executable.RunAsync($"search nothing-like-this --in {_log} --count"));
    }

    [Theory]
    [InlineData("search", "There is nothing to search for. Name a text, or a condition with --where.")]
    [InlineData("search GET", "'search' needs to know where to look. Name sources with --in (files, directories, '-' or s3://bucket/prefix), or a lake with --lake.")]
    [InlineData("search GET --sort size --in a.log", "Hits cannot be sorted by 'size'. Expected time.")]
    [InlineData("search GET --in a.log --color red", "'red' is not a choice for --color. Expected auto, always or never.")]
    [InlineData("search GET --limit 0 --in a.log", "--limit must be positive.")]
    [InlineData("search GET --lake lake -C 2", "A lake holds events and no lines around them: --context goes with --in alone.")]
    [InlineData("search GET --in a.log --rejects r.ndjson", "There is no option '--rejects'.\n'millrace search --help' shows what there is.")]
    public async Task What_cannot_be_is_told(string line, string expected) => Assert.Equal(expected, (await Executable.RunAsync(line)).Failed(2));

    [Fact]
    public async Task Standard_input_is_searched_as_it_comes()
    {
        var outcome = await Executable.RunAsync(new Invocation("search", "two", "--in", "-", "--count") { Input = "one\ntwo\ntwo\n"u8.ToArray() });

        Assert.Equal("2\n", outcome.Quietly());
    }

    [Theory]
    [InlineData("/orders/1")]
    [InlineData("/orders/1 --not /orders/11 --limit 4")]
    [InlineData("/ORDERS/2 -i")]
    [InlineData("/orders/[0-9]$|/orders/2[0-9] --regex")]
    [InlineData("orders --where status=500")]
    [InlineData("--where status>=500")]
    [InlineData("--where !status=2xx --where client_ip=0.0.0.0/0 --where bytes<1MB")]
    [InlineData("--where user= --where line<=12 --where path~orders/1,orders/2")]
    [InlineData("GET --since 2026-11-22T10:00:05Z --until 2026-11-22T10:00:07Z")]
    [InlineData("nothing-like-this")]
    public async Task A_lake_with_its_lines_kept_gives_the_hits_that_the_logs_give(string line)
    {
        var lake = Path.Join(_folder.Path, "lake");
        (await Executable.RunAsync($"ingest {_log} --lake {lake} --keep-raw")).Quietly();

        var fromLogs = await Executable.RunAsync($"search {line} --in {_log} --sort time -o ndjson");
        var fromLake = await Executable.RunAsync($"search {line} --lake {lake} --sort time -o ndjson");

        Assert.Equal(fromLogs, fromLake);
    }

    [Fact]
    public async Task Events_whose_lines_were_not_kept_are_searched_by_their_columns()
    {
        var lake = Path.Join(_folder.Path, "lake");
        (await Executable.RunAsync($"ingest {_log} --lake {lake}")).Quietly();

        var count = await Executable.RunAsync($"search /orders/12 --lake {lake} --count");
        var hit = await Executable.RunAsync($"search /orders/12 --lake {lake} -o ndjson");

        Assert.Equal("1\n", count.Quietly());
        Assert.Contains("\"line\":13,", hit.Quietly(), StringComparison.Ordinal);
        Assert.Contains("path\\\":\\\"/orders/12\\\"", hit.Output, StringComparison.Ordinal);
    }
}
