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
    public async Task Rejects_of_several_files_are_told_by_reason_with_what_they_look_like()
    {
        var alb = "http 2026-11-22T10:00:00.123456Z app/a/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 \"GET http://a:80/ HTTP/1.1\" \"curl/7.46.0\" - - arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/73e2d6bc24d8a067 \"Root=1-58337262-36d228ad5d99923122bbe354\" \"-\" \"-\" 0 2026-11-22T10:00:00.123456Z \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\"\n";
        var bytes = System.Text.Encoding.UTF8.GetBytes(alb);
        foreach (var name in new[] { "x.log", "y.log", "z.log" })
        {
            _folder.Write(Path.Join("mixed", name), [.. Line(8), .. bytes, .. bytes]);
        }

        var folder = Path.Join(_folder.Path, "mixed");
        var counted = await Executable.RunAsync("sql --format combined", $"SELECT count(*) AS n FROM logs('{folder}')");

        Assert.Equal("{\"n\":24}\n", counted.Done());
        Assert.Matches($@"^6 of 30 lines did not parse:\n.*  6 × [^\n]+, in 3 files \(first: {folder}/x\.log, (line 9|byte \d+)\); that line looks like alb$", counted.Told);
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
