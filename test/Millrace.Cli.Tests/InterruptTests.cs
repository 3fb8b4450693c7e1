using System.Diagnostics;

namespace Millrace.Cli.Tests;

/// <summary>Ctrl-C, as the terminal sends it, and a request to end.</summary>
public sealed class InterruptTests : IDisposable
{
    const int Interrupted = 130;

    // The run itself is to end within 200 ms; a machine that is busy with other tests gets more.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly TemporaryFolder _folder = new();
    readonly string _temporary;

    public InterruptTests() => _temporary = Directory.CreateDirectory(Path.Join(_folder.Path, "tmp")).FullName;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sql", "SELECT count(*) FROM logs('-')")]
    [InlineData("sql", "-")]
    [InlineData("report", "status", "-")]
    [InlineData("formats", "detect", "-")]
    public async Task Waiting_for_standard_input_ends(params string[] line)
    {
        var (outcome, took) = await InterruptAsync(new Invocation(line) { KeepsInputOpen = true }, TimeSpan.FromSeconds(1));

        Assert.Equal((Interrupted, "", ""), (outcome.Code, outcome.Output, outcome.Errors));
        Assert.InRange(took, TimeSpan.Zero, Patience);
    }

    [Theory]
    [InlineData("r.csv")]
    [InlineData("r.parquet")]
    public async Task A_scan_of_much_ends_and_leaves_nothing(string name)
    {
        var log = Path.Join(_folder.Path, "big.log");
        (await Executable.RunAsync($"generate --kind combined --count 3000000 --out {log}")).Done();
        var target = Path.Join(_folder.Path, "out", name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);

        var (outcome, took) = await InterruptAsync(
            new Invocation("sql", "--threads", "1", "--out", target, "--rejects", target + ".rejects", $"SELECT * FROM logs(['{log}', '-'])") { KeepsInputOpen = true },
            TimeSpan.FromSeconds(1.5));

        Assert.Equal((Interrupted, "", ""), (outcome.Code, outcome.Output, outcome.Errors));
        Assert.InRange(took, TimeSpan.Zero, Patience);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(target)!));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
    }

    [Theory]
    [InlineData("out/a.log")]
    [InlineData("out/many/")]
    public async Task Generation_ends_and_leaves_no_part_of_a_file(string target)
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "out"));

        var (outcome, took) = await InterruptAsync(
            new Invocation("generate", "--kind", "json", "--count", "100000000", "--out", Path.Join(_folder.Path, target)), TimeSpan.FromSeconds(1));

        Assert.Equal((Interrupted, ""), (outcome.Code, outcome.Output));
        Assert.InRange(took, TimeSpan.Zero, Patience);
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_folder.Path, "out"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_query_without_a_log_ends(string signal)
    {
        var (outcome, took) = await InterruptAsync(
            new Invocation("sql", "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"), TimeSpan.FromSeconds(1), signal);

        Assert.Equal((Interrupted, "", ""), (outcome.Code, outcome.Output, outcome.Errors));
        Assert.InRange(took, TimeSpan.Zero, Patience);
    }

    async Task<(Outcome Outcome, TimeSpan Took)> InterruptAsync(Invocation invocation, TimeSpan after, string signal = "INT")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C in its own way.");

        // A shell starts what runs in its background deaf to Ctrl-C, and so may whoever started these tests.
        using var process = Executable.Start(invocation with
        {
            Before = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [],
            Environment = new Dictionary<string, string> { ["TMPDIR"] = _temporary },
        });
        await Task.Delay(after);
        Assert.False(process.HasExited, "It had ended before it was interrupted.");
        var time = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var outcome = await Executable.FinishAsync(process);
        return (outcome, time.Elapsed);
    }
}
