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
        var filler = Path.Join(disk.Path, "filler");
        Fill(filler);
        var log = Log("b.log", Some.CombinedLines(500));

        var told = (await Executable.RunAsync($"ingest {log} --lake {lake}")).Failed();

        Assert.Contains("o space left on device", told, StringComparison.Ordinal);
        Assert.Equal(20, await EventsAsync(lake));
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
