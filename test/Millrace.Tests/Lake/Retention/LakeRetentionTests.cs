using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Retention;
using Millrace.Lake.Upkeep;

namespace Millrace.Tests.Lake.Retention;

public sealed class LakeRetentionTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task What_is_old_enough_goes_and_what_no_rule_names_stays()
    {
        await IngestAsync();

        var effects = await ApplyAsync(new RetentionRule("order-*", 10) { Deletes = true });

        var effect = Assert.Single(effects);
        Assert.Equal(3, effect.Events);
        Assert.Equal(["order-service 2026-11-20 3", "user-service 2026-11-01 3", "user-service 2026-11-20 3"], await DaysAsync());
        Assert.Empty(await new LakeCheck(_lake.Table).RunAsync(await _lake.Table.ReadAsync(default), TemporaryLake.Options));
    }

    [Fact]
    public async Task A_plan_says_the_same_and_changes_nothing()
    {
        await IngestAsync();
        var rule = new RetentionRule("*", 10) { Deletes = true };
        var before = await _lake.Table.ReadAsync(default);

        var planned = await new LakeRetention(_lake.Table, [rule], Now).PlanAsync(TemporaryLake.Options);

        Assert.Equal(before.Version, (await _lake.Table.ReadAsync(default)).Version);
        Assert.Equal(planned, await ApplyAsync(rule));
        Assert.Equal(before.Files.Values.Where(file => file.Day == new DateOnly(2026, 11, 1)).Sum(file => file.Bytes), planned[0].Bytes);
        Assert.Equal(["order-service 2026-11-20 3", "user-service 2026-11-20 3"], await DaysAsync());
    }

    [Fact]
    public async Task Of_a_file_with_several_services_only_those_that_are_named_go()
    {
        await IngestAsync(mostServices: 1);

        await ApplyAsync(new RetentionRule("order-service", 10) { Deletes = true });
        var version = (await _lake.Table.ReadAsync(default)).Version;
        await ApplyAsync(new RetentionRule("order-service", 10) { Deletes = true });

        Assert.Equal(["order-service 2026-11-20 3", "user-service 2026-11-01 3", "user-service 2026-11-20 3"], await DaysAsync());
        Assert.Equal(version, (await _lake.Table.ReadAsync(default)).Version);
    }

    [Fact]
    public async Task Columns_lose_their_values_for_the_services_that_are_named_and_reports_say_the_same()
    {
        await IngestAsync();
        const string Report = "SELECT service, status, COUNT(*), SUM(bytes) FROM events GROUP BY ALL ORDER BY ALL";
        var before = await _lake.RowsAsync(Report);

        var effects = await ApplyAsync(new RetentionRule("order-*", 10) { DropColumns = ["raw", "user_agent"] });

        Assert.Equal(3, Assert.Single(effects).Events);
        Assert.True(effects[0].Bytes > 0);
        Assert.Equal(
            ["order-service 2026-11-01 0 0", "order-service 2026-11-20 3 3", "user-service 2026-11-01 3 3", "user-service 2026-11-20 3 3"],
            await _lake.RowsAsync("SELECT concat_ws(' ', service, dt, COUNT(raw), COUNT(user_agent)) FROM events GROUP BY service, dt ORDER BY ALL"));
        Assert.Equal(before, await _lake.RowsAsync(Report));
        Assert.Empty(await new LakeCheck(_lake.Table).RunAsync(await _lake.Table.ReadAsync(default), TemporaryLake.Options));
        Assert.Equal(0, Assert.Single(await ApplyAsync(new RetentionRule("order-*", 10) { DropColumns = ["raw", "user_agent"] })).Files);
    }

    [Fact]
    public async Task Files_move_to_a_colder_place_and_are_read_and_deleted_from_there()
    {
        await IngestAsync();
        var cold = Path.Join(_lake.Path, "../cold");
        var version = (await _lake.Table.ReadAsync(default)).Version;

        var effects = await ApplyAsync(new RetentionRule("*", 10) { MoveTo = cold });
        var again = await ApplyAsync(new RetentionRule("*", 10) { MoveTo = cold });

        Assert.Equal((2, 6L, 0), (effects[0].Files, effects[0].Events, again[0].Files));
        Assert.Equal(2, Directory.GetFiles(cold, "*.parquet", SearchOption.AllDirectories).Length);
        Assert.Equal(version, (await _lake.Table.ReadAsync(default)).Version);
        Assert.Equal(["12"], await _lake.RowsAsync("SELECT COUNT(*) FROM events"));
        Assert.Empty(await new LakeCheck(_lake.Table).RunAsync(await _lake.Table.ReadAsync(default), TemporaryLake.Options));

        await ApplyAsync(new RetentionRule("*", 10) { Deletes = true });
        var vacuum = new LakeVacuum(_lake.Table, TimeProvider.System);
        await vacuum.DeleteAsync(await vacuum.FindAsync(TimeSpan.FromDays(-1), default), default);
        Assert.Empty(Directory.GetFiles(cold, "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Readers_keep_the_version_that_they_have_and_commits_in_between_are_kept()
    {
        await IngestAsync();
        var before = await _lake.Table.ReadAsync(default);
        var ingest = Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                await TemporaryLake.IngestAsync(_lake.Open(), new IngestOptions { Query = TemporaryLake.Options }, _lake.Log($"more-{i}.log", Lines("user-service", 20)));
            }
        });
        while (!ingest.IsCompleted)
        {
            await new LakeRetention(_lake.Open(), [new RetentionRule("order-*", 10) { Deletes = true }, new RetentionRule("user-*", 10) { DropColumns = ["raw"] }], Now).ApplyAsync(TemporaryLake.Options);
            await new LakeCompaction(_lake.Open()).RunAsync(LakeCompaction.TargetBytes, TemporaryLake.Options);
            Assert.Equal(["12"], await _lake.RowsAsync("SELECT COUNT(*) FROM events", before));
        }

        await ingest;
        Assert.Equal(["order-service 2026-11-20 3", "user-service 2026-11-01 3", "user-service 2026-11-20 21"], await DaysAsync());
    }

    Task<IReadOnlyList<RetentionEffect>> ApplyAsync(RetentionRule rule) => new LakeRetention(_lake.Table, [rule], Now).ApplyAsync(TemporaryLake.Options);

    Task<List<string>> DaysAsync() => _lake.RowsAsync("SELECT concat_ws(' ', service, dt, COUNT(*)) FROM events GROUP BY service, dt ORDER BY ALL");

    Task IngestAsync(int mostServices = 100) => TemporaryLake.IngestAsync(
        _lake.Table, new IngestOptions { Query = TemporaryLake.Options, KeepsRaw = true, MostServices = mostServices },
        _lake.Log("a.log", Lines("order-service", 1) + Lines("user-service", 1) + Lines("order-service", 20) + Lines("user-service", 20)));

    static string Lines(string service, int day) => string.Concat(Enumerable.Range(0, 3).Select(i =>
        $$"""{"timestamp":"2026-11-{{day:00}}T10:00:0{{i}}Z","service":"{{service}}","method":"GET","path":"/a","status":200,"bytes":{{i}},"user_agent":"curl/8"}""" + "\n"));
}
