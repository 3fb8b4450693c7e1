using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Queries;
using Millrace.Sources;
using Millrace.Tests.Queries;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Lake;

public sealed class LakeIngestTests : IDisposable
{
    const string Count = "SELECT COUNT(*), SUM(bytes), MIN(line), MAX(line) FROM events";

    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Events_lie_by_day_and_service_with_the_columns_of_logs()
    {
        var log = _lake.Log("orders-2026-11-22.json", """
            {"time":"2026-11-22T23:59:59.999999Z","service":"a b/c","status":200,"path":"/x/1","region":"eu","colour":"red"}
            {"time":"2026-11-23T00:00:00Z","service":"orders","status":500,"duration_ms":12}
            {"time":"2026-11-23T00:00:01Z","message":"no service"}
            {"service":"orders","message":"no time"}

            """);

        var result = await _lake.IngestAsync(log);

        Assert.Equal((0L, 1L, 4L, 4L), (result.Version, result.Sources, result.Events, result.Files));
        var snapshot = await _lake.Table.ReadAsync(default);
        Assert.Equal(
            ["dt=2026-11-22/service=a%20b%2Fc", "dt=2026-11-23/service=__HIVE_DEFAULT_PARTITION__", "dt=2026-11-23/service=orders", "dt=__HIVE_DEFAULT_PARTITION__/service=orders"],
            snapshot.Files.Keys.Select(path => path[..path.LastIndexOf('/')]).Order(StringComparer.Ordinal));
        const string Columns = "\"timestamp\", service, status, path, endpoint, duration_us, region, message, attributes, line";
        using var raw = new QuerySession(TemporaryLake.Options);
        Assert.Equal(raw.Rows($"SELECT {Columns} FROM logs('{log}') ORDER BY line"), await _lake.RowsAsync($"SELECT {Columns} FROM events ORDER BY line"));
    }

    /// <summary>Numbers stand for texts while events are sorted. What there is no memory for is sorted as it is.</summary>
    [Theory]
    [InlineData(1 << 20)]
    [InlineData(3000)]
    [InlineData(0)]
    public async Task However_little_memory_there_is_for_repeated_texts_the_events_are_the_same(long repeatedTextBytes)
    {
        var log = _lake.Log("a.json", string.Concat(Enumerable.Range(0, 400).Select(i =>
            i % 50 == 7 ? "{ no event\n" : $$"""{"time":"2026-11-22T10:00:{{i % 60:00}}Z","service":"s{{i % 3}}","caller":{{(i % 2 == 0 ? "null" : "\"caller of some length\"")}},"method":"GET","path":"/{{i}}/ä?q={{i % 7}}","status":{{200 + (i % 2)}},"level":"{{(i % 9 == 0 ? "ERROR" : "INFO")}}"}{{"\n"}}""")));

        var result = await TemporaryLake.IngestAsync(_lake.Table, new IngestOptions { Query = TemporaryLake.Options, RepeatedTextBytes = repeatedTextBytes }, log);

        Assert.Equal((392L, 8L), (result.Events, result.Rejects));
        const string Columns = "\"timestamp\", service, caller, method, path, query, endpoint, status, level, file, line";
        using var raw = new QuerySession(TemporaryLake.Options);
        Assert.Equal(raw.Rows($"SELECT {Columns} FROM logs('{log}') ORDER BY line"), await _lake.RowsAsync($"SELECT {Columns} FROM events ORDER BY line"));
        Assert.Equal(raw.Rows($"SELECT service, endpoint, \"timestamp\" FROM logs('{log}') WHERE service = 's1' ORDER BY ALL"), await _lake.RowsAsync("SELECT service, endpoint, \"timestamp\" FROM events WHERE service = 's1'"));
    }

    [Fact]
    public async Task The_same_file_again_adds_nothing()
    {
        var log = _lake.Log("a.log", Some.Combined(100));

        await _lake.IngestAsync(log);
        var again = await _lake.IngestAsync(log);

        Assert.Equal((0L, 0L, 1L, 0L), (again.Version, again.Sources, again.Known, again.Events));
        Assert.Equal(["100|4950|1|100"], await _lake.RowsAsync(Count));
    }

    [Fact]
    public async Task What_was_appended_is_all_that_is_added_and_lines_go_on_counting()
    {
        var all = Some.Combined(300);
        var cut = all.IndexOf("GET /a/120 ", StringComparison.Ordinal);
        cut = all.LastIndexOf('\n', cut) + 1;
        var log = _lake.Log("a.log", all[..cut]);
        await _lake.IngestAsync(log);
        _lake.Log("a.log", all);

        var second = await _lake.IngestAsync(log);

        Assert.Equal(180, second.Events);
        Assert.Equal([$"300|{299 * 300 / 2}|1|300"], await _lake.RowsAsync(Count));
        Assert.Equal(["0"], await _lake.RowsAsync("SELECT COUNT(*) FROM events WHERE bytes <> line - 1"));
    }

    [Fact]
    public async Task A_file_of_the_same_name_that_begins_otherwise_is_another()
    {
        var log = _lake.Log("a.log", Some.Combined(10));
        await _lake.IngestAsync(log);
        _lake.Log("a.log", Some.Combined(20, status: 404));

        Assert.Equal(20, (await _lake.IngestAsync(log)).Events);
        Assert.Equal(["200|10", "404|20"], await _lake.RowsAsync("SELECT status, COUNT(*) FROM events GROUP BY 1 ORDER BY 1"));
    }

    [Fact]
    public async Task An_object_is_known_by_its_tag()
    {
        var store = Some.Store(("a.log", Some.Combined(10)));
        var options = new IngestOptions { Query = Some.Options(store) };

        await new LakeIngest(_lake.Table, options).RunAsync(["s3://logs/"], default);
        var again = await new LakeIngest(_lake.Table, options).RunAsync(["s3://logs/"], default);
        store.With("logs", "a.log", System.Text.Encoding.UTF8.GetBytes(Some.Combined(7, status: 500)));
        var replaced = await new LakeIngest(_lake.Table, options).RunAsync(["s3://logs/"], default);

        Assert.Equal((0L, 7L), (again.Events, replaced.Events));
    }

    [Fact]
    public async Task Writers_at_the_same_time_bring_in_each_source_once()
    {
        var logs = Enumerable.Range(0, 8).Select(i => _lake.Log($"{i}.log", Some.Combined(50 + i))).ToArray();
        var options = new IngestOptions { Query = TemporaryLake.Options, BatchBytes = 12_000 };

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(() => TemporaryLake.IngestAsync(_lake.Open(), options, [.. logs.Skip(writer), .. logs.Take(writer)]))));

        Assert.Equal(logs.Select((_, i) => 50L + i).Sum(), results.Sum(result => result.Events));
        Assert.Equal(logs.Select((_, i) => $"{50 + i}"), await _lake.RowsAsync("SELECT COUNT(*) FROM events GROUP BY file ORDER BY 1"));
    }

    [Fact]
    public async Task Services_beyond_a_number_share_a_folder()
    {
        var log = _lake.Log("a.json", string.Concat(Enumerable.Range(0, 60).Select(i => $$"""{"time":"2026-11-22T10:00:00Z","service":"s{{i % 12}}","status":200}{{"\n"}}""")));

        await TemporaryLake.IngestAsync(_lake.Table, new IngestOptions { Query = TemporaryLake.Options, MostServices = 3 }, log);

        var snapshot = await _lake.Table.ReadAsync(default);
        Assert.Equal(4, snapshot.Files.Count);
        Assert.Equal(("s11", "s9"), snapshot.Files.Values.Single(file => file.Path.Contains("__other__", StringComparison.Ordinal)).Services);
        Assert.Equal(["12|60"], await _lake.RowsAsync("SELECT COUNT(DISTINCT service), COUNT(*) FROM events"));
    }

    [Fact]
    public async Task Lines_are_kept_only_where_that_is_asked_for()
    {
        var log = _lake.Log("a.log", Some.Combined(3));
        await _lake.IngestAsync(log);
        var other = _lake.Log("b.log", Some.Combined(2));
        await TemporaryLake.IngestAsync(_lake.Table, new IngestOptions { Query = TemporaryLake.Options, KeepsRaw = true }, other);

        Assert.Equal(["5|2"], await _lake.RowsAsync("SELECT COUNT(*), COUNT(raw) FROM events"));
    }

    [Fact]
    public async Task An_older_version_is_read_as_it_was()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(10)));
        await _lake.IngestAsync(_lake.Log("b.log", Some.Combined(20)));

        Assert.Equal(["10"], await _lake.RowsAsync("SELECT COUNT(*) FROM events", await _lake.Table.ReadAtAsync("0", default)));
        Assert.Equal(["30"], await _lake.RowsAsync("SELECT COUNT(*) FROM events", await _lake.Table.ReadAtAsync("9999-01-01", default)));
        var early = await Assert.ThrowsAsync<UserException>(() => _lake.Table.ReadAtAsync("2000-01-01", default));
        var late = await Assert.ThrowsAsync<UserException>(() => _lake.Table.ReadAtAsync("7", default));
        Assert.Contains("has no version as old as 2000-01-01", early.Message, StringComparison.Ordinal);
        Assert.Contains("has no version 7: the newest is 1", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_ignores_conditions_is_refused()
    {
        var store = new MemoryObjectStore { IgnoresConditions = true }.CreateBucket("lake");
        var cache = Directory.CreateTempSubdirectory("millrace-cache-");
        var table = new LakeTable(new BucketStorage(ObjectAddress.Parse("s3://lake/events-of-all"), store, cache.FullName), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<UserException>(() => TemporaryLake.IngestAsync(table, new IngestOptions { Query = TemporaryLake.Options }, _lake.Log("a.log", Some.Combined(3))));

        Assert.Contains("ignores conditional writes", failure.Message, StringComparison.Ordinal);
        cache.Delete(recursive: true);
    }

    [Fact]
    public async Task A_lake_in_a_bucket_is_as_one_in_a_folder()
    {
        var store = new MemoryObjectStore().CreateBucket("lake");
        var cache = Directory.CreateTempSubdirectory("millrace-cache-");
        var table = new LakeTable(new BucketStorage(ObjectAddress.Parse("s3://lake/p"), store, cache.FullName), TimeProvider.System);

        await TemporaryLake.IngestAsync(table, new IngestOptions { Query = TemporaryLake.Options }, _lake.Log("a.log", Some.Combined(30)));
        var events = await new LakeEvents(table, await table.ReadAsync(default)).InAsync(null, null, default);

        using var session = new QuerySession(TemporaryLake.Options);
        Assert.Equal(["30"], session.Rows($"SELECT COUNT(*) FROM ({events.Sql})"));
        cache.Delete(recursive: true);
    }
}
