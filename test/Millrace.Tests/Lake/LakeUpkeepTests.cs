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
    public async Task Services_that_have_little_of_a_day_share_a_file_and_those_without_a_name_stay_apart()
    {
        for (var i = 0; i < 2; i++)
        {
            await _lake.IngestAsync(_lake.Log($"{i}.json", string.Concat(Enumerable.Range(0, 60).Select(n =>
                $"{{\"timestamp\":\"2026-11-{21 + (n % 2)}T10:00:{n:D2}Z\",\"service\":{(n % 6 < 2 ? "null" : $"\"service-{n % 6}\"")},\"status\":200,\"message\":\"{i} {n}\"}}\n"))));
        }

        var before = await _lake.RowsAsync("SELECT service, CAST(timestamp AS DATE), COUNT(*), COUNT(DISTINCT message) FROM events GROUP BY ALL ORDER BY ALL");
        var compacted = await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
        var snapshot = await _lake.Table.ReadAsync(default);

        // Two days, each with two services and what names none.
        Assert.Equal((12, 4), compacted);
        Assert.Equal(
            ["21 ", "21 service-2 service-4", "22 ", "22 service-3 service-5"],
            snapshot.Files.Values.Select(file => $"{file.Day:dd} {(file.Services is { } services ? $"{services.Least} {services.Greatest}" : "")}").Order(StringComparer.Ordinal));
        Assert.Equal(before, await _lake.RowsAsync("SELECT service, CAST(timestamp AS DATE), COUNT(*), COUNT(DISTINCT message) FROM events GROUP BY ALL ORDER BY ALL"));
        Assert.Empty(await new LakeCheck(_lake.Table).RunAsync(snapshot, TemporaryLake.Options));
        Assert.Equal((0, 0), await new LakeCompaction(_lake.Table).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options));
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
