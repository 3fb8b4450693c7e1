using System.IO.Compression;

namespace Millrace.Cli.Tests;

public sealed class GenerateTests : IDisposable
{
    const string Range = "--seed 7 --until 2026-11-22T10:00:00Z";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("combined")]
    [InlineData("json")]
    [InlineData("service")]
    [InlineData("app")]
    public async Task Every_kind_is_read_back_whole(string kind)
    {
        var log = Path.Join(_folder.Path, "a.log");

        var generated = await Executable.RunAsync($"generate --kind {kind} --count 1000 {Range} --out {log}");

        Assert.Equal("", generated.Done());
        Assert.Matches(@"\AWrote 1,000 events, [0-9,]+ bytes, 1 file\(s\); seed 7\.\z", generated.Told);
        Assert.Equal("{\"n\":1000}\n", (await Executable.RunAsync("sql", $"SELECT count(*) AS n FROM logs('{log}')")).Quietly());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_wherever_they_go()
    {
        var log = Path.Join(_folder.Path, "a.log.gz");

        (await Executable.RunAsync($"generate --kind json --count 500 {Range} --out {log}")).Done();
        var piped = (await Executable.RunAsync($"generate --kind json --count 500 {Range}")).Done();

        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(log), CompressionMode.Decompress));
        Assert.Equal(await unpacked.ReadToEndAsync(), piped);
    }

    [Fact]
    public async Task Lines_that_no_parser_accepts_are_among_them_where_asked_for()
    {
        var log = Path.Join(_folder.Path, "a.log");
        (await Executable.RunAsync($"generate --kind combined --count 1000 --invalid-share 0.1 {Range} --out {log}")).Done();

        var rejects = (await Executable.RunAsync("sql", $"SELECT count(*) BETWEEN 50 AND 150 AS some FROM rejects('{log}')")).Done();

        Assert.Equal("{\"some\":true}\n", rejects);
    }

    [Fact]
    public async Task What_cannot_be_generated_is_told()
    {
        Assert.Equal("Say what to generate: a task file, or --kind combined, json, service, app or fortnight.", (await Executable.RunAsync("generate")).Failed(code: 2));
        Assert.Equal("There is no kind 'xml'; expected combined, json, service, app or fortnight.", (await Executable.RunAsync("generate --kind xml")).Failed(code: 2));
        Assert.Equal("--rate means nothing to a fortnight. Expected --until, --count, --seed, --gzip or --out.", (await Executable.RunAsync("generate --kind fortnight --rate 5")).Failed(code: 2));
        Assert.Equal("Cannot read the task 'no.json': there is no such file.", (await Executable.RunAsync("generate no.json")).Failed());
    }
}
