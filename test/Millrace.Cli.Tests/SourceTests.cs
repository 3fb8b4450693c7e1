using System.Text;

namespace Millrace.Cli.Tests;

public sealed class SourceTests : IDisposable
{
    const string Count = "SELECT count(*) AS n, sum(bytes) AS b FROM logs";
    const string Thousand = "{\"n\":1000,\"b\":599500}\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_told_with_what_may_be_meant()
    {
        var log = _folder.Write("access.log", Some.CombinedLines(1));
        var wrong = log.Replace("access", "acess", StringComparison.Ordinal);
        var sentence = $"No file or directory '{wrong}'. Did you mean '{log}'?";

        Assert.Equal(sentence, (await Executable.RunAsync($"report status {wrong}")).Failed());
        Assert.Equal(sentence, (await Executable.RunAsync("sql", $"{Count}('{wrong}')")).Failed());
    }

    [Fact]
    public async Task A_glob_that_matches_nothing_is_told() =>
        Assert.Equal($"No file matches '{_folder.Path}/*.gz'.", (await Executable.RunAsync($"report status {_folder.Path}/*.gz")).Failed());

    [Fact]
    public async Task A_directory_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps such rights elsewhere.");
        using var program = new OpenCopy();
        var closed = Directory.CreateDirectory(Path.Join(program.Folder, "closed"), UnixFileMode.None).FullName;

        var told = await Executable.RunAsync(program.AsNobody("report", "status", closed));

        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal($"Cannot read the directory '{closed}': permission denied.", told.Failed());
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps such rights elsewhere.");
        using var program = new OpenCopy();
        var closed = Path.Join(program.Folder, "closed.log");
        await File.WriteAllTextAsync(closed, Some.CombinedLines(1));
        File.SetUnixFileMode(closed, UnixFileMode.None);

        var told = await Executable.RunAsync(program.AsNobody("report", "status", closed));

        Assert.Equal($"Cannot open '{closed}': permission denied.", told.Failed());
    }

    [Fact]
    public async Task An_empty_file_has_no_events()
    {
        var empty = _folder.Write("empty.log", "");

        var report = await Executable.RunAsync($"report status {empty}");

        Assert.Equal("", report.Done());
        Assert.Equal("The report is empty: there is no event in the source.", report.Told);
        Assert.Equal("{\"n\":0,\"b\":null}\n", (await Executable.RunAsync("sql", $"{Count}('{empty}')")).Quietly());
    }

    [Fact]
    public async Task A_binary_file_is_no_log()
    {
        var bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        var binary = _folder.Write("photo.log", bytes);

        Assert.Equal(
            $"The format of '{binary}' cannot be told: no format reads any of its first lines. Name one with --format (see 'millrace formats list'), or --format text to take each line as a message.",
            (await Executable.RunAsync($"report status {binary}")).Failed());
    }

    [Fact]
    public async Task What_lies_among_logs_and_is_none_is_told_and_left_out()
    {
        _folder.Write("a.log", Some.CombinedLines(1000));
        var readme = _folder.Write("readme", "What lies here.\nAll of it.\n");

        var counted = await Executable.RunAsync("sql", $"{Count}('{_folder.Path}')");

        Assert.Equal(Thousand, counted.Done());
        Assert.Equal($"Left out '{readme}', which is no log: no format reads any of its first lines.", counted.Told);
    }

    [Fact]
    public async Task Compression_is_told_by_the_bytes()
    {
        var lines = Encoding.UTF8.GetBytes(Some.CombinedLines(1000));
        var gzip = Some.Gzip(lines);
        byte[] members = [.. Some.Gzip(lines[..5000]), .. Some.Gzip(lines[5000..])];
        var sources = new[] { _folder.Write("a.gz", gzip), _folder.Write("b.log", gzip), _folder.Write("members.gz", members), _folder.Write("plain.gz", lines) };

        foreach (var source in sources)
        {
            Assert.Equal(Thousand, (await Executable.RunAsync("sql", $"{Count}('{source}')")).Quietly());
        }

        Assert.Equal(Thousand, (await Executable.RunAsync(new Invocation("sql", $"{Count}('-')") { Input = gzip })).Quietly());
    }

    [Fact]
    public async Task A_zstd_file_is_read()
    {
        var csv = Path.Join(_folder.Path, "lines.zst");
        var plain = _folder.Write("plain.log", Some.CombinedLines(1000));
        (await Executable.RunAsync("sql", $"COPY (SELECT raw FROM logs('{plain}')) TO '{csv}' (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\t', COMPRESSION zstd)")).Done();

        Assert.Equal(0xFD2FB528u, BitConverter.ToUInt32(await File.ReadAllBytesAsync(csv)));
        Assert.Equal(Thousand, (await Executable.RunAsync("sql", $"{Count}('{csv}')")).Quietly());
    }

    [Fact]
    public async Task A_truncated_gzip_keeps_what_was_read_and_is_told()
    {
        var whole = Some.Gzip(Encoding.UTF8.GetBytes(Some.CombinedLines(50_000)));
        var cut = _folder.Write("cut.gz", whole[..(whole.Length / 2)]);

        var counted = await Executable.RunAsync("sql", $"SELECT count(*) BETWEEN 10000 AND 40000 AS many FROM logs('{cut}')");

        Assert.Equal("{\"many\":true}\n", counted.Done());
        Assert.Matches($@"\A'{cut}' could not be read to its end: .+\. What came before is in the result\.", counted.Told);
    }

    [Fact]
    public async Task Several_sources_are_read_as_one()
    {
        var a = _folder.Write("a.log", Some.CombinedLines(10));
        _folder.Write("b/b.log", Some.CombinedLines(10));
        _folder.Write("b/c.log", Some.CombinedLines(10));

        var list = await Executable.RunAsync("sql", $"{Count}(['{a}', '{_folder.Path}/b'])");
        var report = await Executable.RunAsync($"report status {a} {_folder.Path}/b {_folder.Path}/**/*.log {Some.AsOf} --output csv");

        Assert.Equal("{\"n\":30,\"b\":3135}\n", list.Quietly());
        Assert.Equal("status,requests,share,avgDurationMs,p50DurationMs,p95DurationMs,p99DurationMs,bytes\n200,27,0.9,,,,,2808\n500,3,0.1,,,,,327\n", report.Quietly());
    }

    [Fact]
    public async Task Files_outside_the_range_are_left_out_by_their_names()
    {
        _folder.Write("2026-11-20/a.log", "must not be read");
        _folder.Write("2026-11-22/a.log", Some.CombinedLines(1000));

        var told = await Executable.RunAsync("sql --since 2026-11-22 --verbose", $"{Count}('{_folder.Path}')");

        Assert.Equal(Thousand, told.Done());
        Assert.Contains($"1 file(s) left out by the date in their names, such as {_folder.Path}/2026-11-20/a.log.", told.Told);
        Assert.Contains($"{_folder.Path}/2026-11-22/a.log is read as combined (100% of its first lines).", told.Told);
    }
}
