using System.Globalization;
using System.Text.Json;

namespace Millrace.Cli.Tests;

/// <summary>A lake whose disk is full or may not be written, and that two processes write at the same time.</summary>
public sealed class LakeFailureTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_told_and_the_lake_is_as_it_was()
    {
        using var disk = SmallDisk.Mount();
        var lake = Path.Join(disk.Path, "lake");
        (await Executable.RunAsync($"ingest {Log("a.log", Some.CombinedLines(20))} --lake {lake}")).Quietly();
        var committed = Directory.GetFiles(lake, "*.parquet", SearchOption.AllDirectories);
        var filler = Path.Join(disk.Path, "filler");
        Fill(filler);
        var log = Log("b.log", Some.CombinedLines(500));

        var told = (await Executable.RunAsync($"ingest {log} --lake {lake}")).Failed();

        Assert.Contains("o space left on device", told, StringComparison.Ordinal);
        Assert.Equal(20, await EventsAsync(lake));
        Assert.Equal(committed, Directory.GetFiles(lake, "*.parquet", SearchOption.AllDirectories));
        File.Delete(filler);
        (await Executable.RunAsync($"ingest {log} --lake {lake}")).Quietly();
        Assert.Equal(520, await EventsAsync(lake));
        Assert.Equal(0, Number((await Executable.RunAsync($"lake check --lake {lake}")).Quietly(), "problems"));
        Assert.Empty(Directory.EnumerateFiles(Path.Join(lake, ".staging")));
    }

    [Fact]
    public async Task A_lake_that_may_not_be_written_is_told_and_can_be_read()
    {
        using var disk = SmallDisk.Mount();
        var lake = Path.Join(disk.Path, "lake");
        (await Executable.RunAsync($"ingest {Log("a.log", Some.CombinedLines(20))} --lake {lake}")).Quietly();
        disk.MakeReadOnly();

        var told = (await Executable.RunAsync($"ingest {Log("b.log", Some.CombinedLines(30))} --lake {lake}")).Failed();

        Assert.Contains("ead-only file system", told, StringComparison.Ordinal);
        Assert.Contains(lake, told, StringComparison.Ordinal);
        Assert.Equal(20, await EventsAsync(lake));
        Assert.Equal(0, Number((await Executable.RunAsync($"lake check --lake {lake}")).Quietly(), "problems"));
    }

    [Fact]
    public async Task Of_processes_that_ingest_the_same_at_the_same_time_each_source_is_brought_in_by_one()
    {
        var lake = Path.Join(_folder.Path, "lake");
        var logs = Enumerable.Range(0, 5).Select(i => Log($"{i}.log", Some.CombinedLines(200 + i))).ToArray();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Executable.RunAsync(new Invocation(["ingest", .. logs, "--lake", lake]))));

        Assert.Equal(1010, outcomes.Sum(outcome => Number(outcome.Done(), "events")));
        Assert.Equal(1010, await EventsAsync(lake));
        Assert.Equal(0, Number((await Executable.RunAsync($"lake check --lake {lake}")).Quietly(), "problems"));
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_lake_is_no_lake()
    {
        var log = Log("a.log", Some.CombinedLines(20));
        var file = Log("lake", "no lake");

        Assert.Contains($"'{file}' is no lake", (await Executable.RunAsync($"lake status --lake {file}")).Failed(), StringComparison.Ordinal);
        Assert.Contains(file, (await Executable.RunAsync($"ingest {log} --lake {file}")).Failed(), StringComparison.Ordinal);
        Assert.Equal("no lake", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("sql", "SELECT COUNT(*) FROM events")]
    [InlineData("report", "status")]
    [InlineData("ingest", "a.log")]
    [InlineData("lake", "compact")]
    public async Task A_lake_of_a_newer_version_is_told_and_left_alone(string command, string what)
    {
        var lake = Path.Join(_folder.Path, "lake");
        (await Executable.RunAsync($"ingest {Log("a.log", Some.CombinedLines(20))} --lake {lake}")).Quietly();
        var commit = Path.Join(lake, "events/_delta_log/00000000000000000001.json");
        await File.WriteAllTextAsync(commit, """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}}""" + "\n", TestContext.Current.CancellationToken);
        var files = Directory.GetFiles(lake, "*", SearchOption.AllDirectories);

        var told = (await Executable.RunAsync(new Invocation(command, what, "--lake", lake) { Folder = _folder.Path })).Failed();

        Assert.Equal(
            $"The lake '{lake}' asks for version 3 of the Delta protocol to be read and 7 to be written; this Millrace knows 1 and 2. A newer program has upgraded it: use that one, or a newer Millrace.", told);
        Assert.Equal(files, Directory.GetFiles(lake, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    [InlineData("broken")]
    public async Task A_damaged_file_is_told_by_what_reads_it_and_named_by_a_check_and_changes_nothing(string damage)
    {
        var lake = Path.Join(_folder.Path, "lake");
        (await Executable.RunAsync($"ingest {Log("a.log", Some.CombinedLines(2000))} --lake {lake}")).Quietly();
        (await Executable.RunAsync($"ingest {Log("b.log", Some.CombinedLines(20))} --lake {lake}")).Quietly();
        var damaged = new DirectoryInfo(Path.Join(lake, "events")).GetFiles("*.parquet", SearchOption.AllDirectories).MaxBy(file => file.Length)!;
        Damage(damaged.FullName, damage);
        var log = Path.Join(lake, "events/_delta_log");
        var commits = Directory.GetFiles(log).Length;

        foreach (var outcome in new[] { await Executable.RunAsync($"sql --lake {lake}", "SELECT SUM(bytes), MAX(path), MAX(client_ip) FROM events"), await Executable.RunAsync($"lake compact --lake {lake}") })
        {
            var told = outcome.Failed();
            Assert.StartsWith("A file of the lake", told, StringComparison.Ordinal);
            Assert.Contains("'millrace lake check' names", told, StringComparison.Ordinal);
        }

        Assert.Contains(damaged.Name, (await Executable.RunAsync($"lake check --lake {lake}")).Failed(), StringComparison.Ordinal);
        Assert.Equal(commits, Directory.GetFiles(log).Length);
        Assert.Equal(2020, Number((await Executable.RunAsync($"lake status --lake {lake}")).Quietly(), "events"));
    }

    static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "gone":
                File.Delete(path);
                break;
            case "cut":
                File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
                break;
            default:
                bytes.AsSpan(4, bytes.Length / 2).Fill(0xFF);
                File.WriteAllBytes(path, bytes);
                break;
        }
    }

    static void Fill(string path)
    {
        using var filler = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // The disk is full, as was meant.
        }
    }

    static async Task<long> EventsAsync(string lake) =>
        Number((await Executable.RunAsync($"sql --lake {lake}", "SELECT COUNT(DISTINCT (file, line)) AS n FROM events HAVING COUNT(*) = COUNT(DISTINCT (file, line))")).Quietly(), "n");

    static long Number(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return long.Parse(document.RootElement.GetProperty(name).ToString(), CultureInfo.InvariantCulture);
    }

    string Log(string name, string text)
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
