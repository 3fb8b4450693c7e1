using System.Text;
using Millrace.Lake;
using Millrace.Lake.Delta;
using Millrace.Lake.Ingestion;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Lake;

public sealed class DeltaLogTests : IDisposable
{
    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_checkpoint_says_what_the_commits_say()
    {
        for (var i = 0; i < 12; i++)
        {
            await _lake.IngestAsync(_lake.Log($"{i}.log", Some.Combined(3 + i)));
        }

        var log = Path.Join(_lake.Path, "events/_delta_log");
        var withCheckpoint = await _lake.Table.ReadAsync(default);
        Assert.True(File.Exists(Path.Join(log, "00000000000000000010.checkpoint.parquet")));
        File.Delete(Path.Join(log, "_last_checkpoint"));
        var fromCommits = await _lake.Open().ReadAsync(default);

        Assert.Equal(Show(fromCommits), Show(withCheckpoint));
        Assert.Equal(11, withCheckpoint.Version);
    }

    [Fact]
    public async Task A_lake_that_was_made_again_is_not_taken_for_the_one_that_was_read()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(3)));
        await _lake.Table.ReadAsync(default);
        Directory.Delete(_lake.Path, recursive: true);
        await TemporaryLake.IngestAsync(_lake.Open(), new IngestOptions { Query = TemporaryLake.Options }, _lake.Log("b.log", Some.Combined(5)));

        var read = await _lake.Table.ReadAsync(default);

        Assert.Equal(Show(await _lake.Open().ReadAsync(default)), Show(read));
    }

    [Fact]
    public async Task An_older_version_is_read_after_a_newer_one()
    {
        var first = await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(3)));
        var older = Show(await _lake.Table.ReadAsync(default));
        await _lake.IngestAsync(_lake.Log("b.log", Some.Combined(5)));
        await _lake.Table.ReadAsync(default);

        Assert.Equal(older, Show(await _lake.Table.ReadAtAsync($"{first.Version}", default)));
        Assert.Equal(older, Show(await _lake.Open().ReadAtAsync($"{first.Version}", default)));
    }

    [Fact]
    public async Task Of_writers_of_one_number_one_wins()
    {
        var storage = _lake.Table.Storage;

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() => storage.TryCreateAsync("events/_delta_log/x.json", Encoding.UTF8.GetBytes($"{writer}"), default))));

        var winner = Array.IndexOf(won, true);
        Assert.Single(won, true);
        Assert.Equal($"{winner}", Encoding.UTF8.GetString((await storage.ReadAsync("events/_delta_log/x.json", default))!));
        Assert.Single(Directory.GetFiles(Path.Join(_lake.Path, "events/_delta_log")));
    }

    [Fact]
    public async Task Actions_read_as_they_were_written()
    {
        var file = new LakeFile("dt=2026-11-22/service=a%20b/part-1.parquet", new DateOnly(2026, 11, 22), 12, 34)
        {
            Events = 5,
            First = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero).AddTicks(40),
            Last = new DateTimeOffset(2026, 11, 22, 1, 2, 4, TimeSpan.Zero),
            Services = ("a b", "ü"),
            Tags = new Dictionary<string, string> { ["millrace.rollup"] = "hours" },
        };

        var line = DeltaAction.WriteLines([new DeltaAction.Add(file, ChangesData: true)]);
        var read = Assert.IsType<DeltaAction.Add>(DeltaAction.Read(line));

        Assert.Contains("service=a%2520b", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        Assert.Equal(Show(file), Show(read.File));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("""{"protocol":{"minReaderVersion":3,"minWriterVersion":7}}""", "asks for version 3 of the Delta protocol to be read and 7 to be written")]
    [InlineData("""{"metaData":{"id":"1","format":{"provider":"parquet","options":{}},"schemaString":"{}","partitionColumns":["year"],"configuration":{}}}""", "is parted by year")]
    [InlineData("{broken", "is no commit of a Delta table")]
    public async Task A_log_that_is_not_ours_to_read_is_told(string line, string expected)
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(3)));
        await File.WriteAllTextAsync(Path.Join(_lake.Path, "events/_delta_log/00000000000000000001.json"), line + "\n", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<UserException>(() => _lake.Table.ReadAsync(default));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_no_harm()
    {
        for (var i = 0; i < 12; i++)
        {
            await _lake.IngestAsync(_lake.Log($"{i}.log", Some.Combined(3)));
        }

        var whole = Show(await _lake.Table.ReadAsync(default));
        var checkpoint = Path.Join(_lake.Path, "events/_delta_log/00000000000000000010.checkpoint.parquet");
        var bytes = await File.ReadAllBytesAsync(checkpoint, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(checkpoint, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        Assert.Equal(whole, Show(await _lake.Open().ReadAsync(default)));
    }

    [Fact]
    public async Task A_damaged_checkpoint_whose_commits_are_gone_is_told()
    {
        for (var i = 0; i < 11; i++)
        {
            await _lake.IngestAsync(_lake.Log($"{i}.log", Some.Combined(3)));
        }

        var log = Path.Join(_lake.Path, "events/_delta_log");
        await File.WriteAllTextAsync(Path.Join(log, "00000000000000000010.checkpoint.parquet"), "no parquet", TestContext.Current.CancellationToken);
        File.Delete(Path.Join(log, "00000000000000000000.json"));

        var failure = await Assert.ThrowsAsync<UserException>(() => _lake.Open().ReadAsync(default));

        Assert.Equal(
            $"'{_lake.Path}/events/_delta_log/00000000000000000010.checkpoint.parquet' cannot be read, and the commits before it are no longer there. The log is damaged; restore the file from a copy.",
            failure.Message);
    }

    /// <summary>A folder in the place of the checkpoint keeps it from being written.</summary>
    [Fact]
    public async Task A_commit_is_in_though_its_checkpoint_could_not_be_written()
    {
        Directory.CreateDirectory(Path.Join(_lake.Path, "events/_delta_log/00000000000000000010.checkpoint.parquet"));
        for (var i = 0; i < 11; i++)
        {
            Assert.Equal(3, (await _lake.IngestAsync(_lake.Log($"{i}.log", Some.Combined(3)))).Events);
        }

        Assert.Equal(10, (await _lake.Open().ReadAsync(default)).Version);
        Assert.Equal(["33"], await _lake.RowsAsync("SELECT COUNT(*) FROM events"));
    }

    [Fact]
    public async Task A_folder_without_a_log_is_no_lake()
    {
        var failure = await Assert.ThrowsAsync<UserException>(() => _lake.Table.ReadAsync(default));

        Assert.Equal($"'{_lake.Path}' is no lake: it has no 'events/_delta_log'. 'millrace ingest SOURCE… --lake {_lake.Path}' makes one.", failure.Message);
    }

    static string Show(LakeSnapshot snapshot) =>
        string.Join('\n', snapshot.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).Select(Show).Concat(snapshot.Marks.Transactions.OrderBy(mark => mark.Key, StringComparer.Ordinal).Select(mark => $"{mark.Key} {mark.Value}")))
        + $"\n{snapshot.Version} {snapshot.Committed:O}";

    static string Show(LakeFile file) =>
        $"{file.Path} {file.Day} {file.Bytes} {file.Modified} {file.Events} {file.First:O} {file.Last:O} {file.Services} {string.Join(',', file.Tags)}";
}
