namespace Millrace.Cli.Tests;

public sealed class RejectsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _log;

    public RejectsTests() => _log = _folder.Write("a.log", [.. Line(8), .. "no log at all\n"u8, .. Line(1), 0xFF, 0xFE, (byte)'\n']);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rejects_are_counted_and_told_with_where_the_first_is()
    {
        var counted = await Executable.RunAsync("sql", $"SELECT count(*) AS n FROM logs('{_log}')");

        Assert.Equal("{\"n\":9}\n", counted.Done());
        Assert.StartsWith("2 of 11 lines did not parse:\n", counted.Told);
        Assert.Contains($"(first: {_log}, ", counted.Told);
    }

    [Fact]
    public async Task Rejects_are_written_with_their_bytes()
    {
        var rejects = Path.Join(_folder.Path, "rejects.ndjson");

        (await Executable.RunAsync($"sql --rejects {rejects}", $"SELECT count(*) AS n FROM logs('{_log}')")).Done();

        var read = await Executable.RunAsync("sql", $"SELECT file = '{_log}' AS same, line, byte_offset, raw, raw_base64, reason <> '' AS told FROM '{rejects}' ORDER BY line");
        var offset = Line(8).Length;
        var second = offset + "no log at all\n".Length + Line(1).Length;
        Assert.Equal(
            $$"""
            {"same":true,"line":9,"byte_offset":{{offset}},"raw":"no log at all","raw_base64":null,"told":true}
            {"same":true,"line":11,"byte_offset":{{second}},"raw":"��","raw_base64":"//4=","told":true}

            """,
            read.Quietly());
    }

    [Fact]
    public async Task Rejects_are_a_table()
    {
        var read = await Executable.RunAsync("sql", $"SELECT line, raw FROM rejects('{_log}') ORDER BY line LIMIT 1");

        Assert.Equal("{\"line\":9,\"raw\":\"no log at all\"}\n", read.Done());
    }

    [Theory]
    [InlineData("10%", false)]
    [InlineData("0.1", false)]
    [InlineData("20%", true)]
    public async Task Too_many_rejects_fail_the_run_without_output(string share, bool isDone)
    {
        var target = Path.Join(_folder.Path, "r.csv");
        var query = $"SELECT count(*) AS n FROM logs('{_log}')";

        var toStdout = await Executable.RunAsync($"sql --max-rejects {share}", query);
        var toFile = await Executable.RunAsync($"sql --max-rejects {share} --out {target}", query);

        if (isDone)
        {
            Assert.Equal("{\"n\":9}\n", toStdout.Done());
            Assert.Equal("n\n9\n", await File.ReadAllTextAsync(target));
        }
        else
        {
            Assert.EndsWith("18.18% of the lines did not parse, more than the 10% that --max-rejects allows. --rejects FILE shows them.", toStdout.Failed());
            Assert.Equal(toStdout.Told, toFile.Failed());
            Assert.False(File.Exists(target));
        }
    }

    [Fact]
    public async Task An_empty_report_writes_each_reject_once()
    {
        var rejects = Path.Join(_folder.Path, "rejects.ndjson");

        var report = await Executable.RunAsync($"report status {_log} --as-of 2027-01-01 --rejects {rejects}");

        Assert.Equal("", report.Done());
        Assert.Contains("The report is empty: no event lies between ", report.Told);
        Assert.Equal(2, (await File.ReadAllLinesAsync(rejects)).Length);
    }

    static byte[] Line(int count) => System.Text.Encoding.UTF8.GetBytes(Some.CombinedLines(count));
}
