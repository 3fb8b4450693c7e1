using Millrace.Lake;
using Millrace.Lake.Upkeep;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Lake;

public sealed class LakeUpkeepTests : IDisposable
{
    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task The_status_adds_up_what_the_log_says()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(10)));
        await _lake.IngestAsync(_lake.Log("b.log", Some.Combined(20)));

        var status = LakeStatus.Of(await _lake.Table.ReadAsync(default));

        Assert.Equal((1L, 2, 30L, 1, 2, 2), (status.Version, status.Files, status.Events, status.Days, status.Sources, status.SmallFiles));
        Assert.Equal(("2026-11-22T10:00:00.0000000+00:00", "2026-11-22T10:00:19.0000000+00:00"), ($"{status.First:O}", $"{status.Last:O}"));
    }

    [Fact]
    public async Task Ingestion_and_compaction_at_the_same_time_lose_and_double_nothing()
    {
        for (var i = 0; i < 4; i++)
        {
            await _lake.IngestAsync(_lake.Log($"{i}.log", Some.Combined(10)));
        }

        var ingest = Task.Run(async () =>
        {
            for (var i = 4; i < 12; i++)
            {
                await TemporaryLake.IngestAsync(_lake.Open(), new() { Query = TemporaryLake.Options }, _lake.Log($"{i}.log", Some.Combined(10)));
            }
        });
        while (!ingest.IsCompleted)
        {
            await new LakeCompaction(_lake.Open()).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
            Assert.Equal(["true"], await _lake.RowsAsync("SELECT COUNT(*) % 10 = 0 AND COUNT(*) = COUNT(DISTINCT (file, line)) FROM events"));
        }

        await ingest;
        Assert.Equal(["120"], await _lake.RowsAsync("SELECT COUNT(DISTINCT (file, line)) FROM events"));
    }

    [Fact]
    public async Task A_vacuum_deletes_what_nothing_names_once_it_is_old_enough()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(10)));
        await _lake.IngestAsync(_lake.Log("b.log", Some.Combined(10)));
        await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
        var orphan = Path.Join(_lake.Path, "events/dt=2026-11-22/part-orphan.parquet");
        await File.WriteAllTextAsync(orphan, "left by a writer that died", TestContext.Current.CancellationToken);
        var vacuum = new LakeVacuum(_lake.Table, TimeProvider.System);

        Assert.Empty(await vacuum.FindAsync(LakeVacuum.SafetyPeriod, default));
        var old = await vacuum.FindAsync(TimeSpan.FromDays(-1), default);
        await vacuum.DeleteAsync(old, default);

        // Two data files with their rollups, and the orphan.
        Assert.Equal(5, old.Count);
        Assert.False(File.Exists(orphan));
        Assert.Equal(["20"], await _lake.RowsAsync("SELECT COUNT(*) FROM events"));
        Assert.Empty(await new LakeCheck(_lake.Table).RunAsync(await _lake.Table.ReadAsync(default), TemporaryLake.Options));
    }

    [Theory]
    [InlineData("gone", "is committed and is not there")]
    [InlineData("short", "bytes where")]
    [InlineData("broken", "cannot be read")]
    public async Task A_file_that_is_not_as_committed_is_found(string damage, string expected)
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(1000)));
        var snapshot = await _lake.Table.ReadAsync(default);
        var path = Path.Join(_lake.Path, "events", snapshot.Files.Keys.Single());
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        switch (damage)
        {
            case "gone":
                File.Delete(path);
                break;
            case "short":
                await File.WriteAllBytesAsync(path, bytes[..^10], TestContext.Current.CancellationToken);
                break;
            default:
                bytes.AsSpan(4, 400).Clear();
                await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
                break;
        }

        var problem = Assert.Single(await new LakeCheck(_lake.Table).RunAsync(snapshot, TemporaryLake.Options));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
