using Millrace.Lake;

namespace Millrace.Tests.Lake;

public sealed class LakeCommitTests : IDisposable
{
    const string Owner = "shard:orders:1";

    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Of_writers_who_began_from_the_same_position_one_wins()
    {
        Assert.True(await TryAsync(_lake.Table, "first", new MarkChange(Owner, null, "10")));

        var won = await Task.WhenAll(Enumerable.Range(0, 12).Select(writer =>
            Task.Run(() => TryAsync(_lake.Open(), $"{writer}", new MarkChange(Owner, "10", $"11 by {writer}")))));

        var snapshot = await _lake.Open().ReadAsync(default);
        var winner = Array.IndexOf(won, true);
        Assert.Single(won, true);
        Assert.Equal((1L, $"11 by {winner}"), (snapshot.Version, snapshot.Marks.PositionOf(Owner)));
        Assert.Equal(new[] { PathOf("first"), PathOf($"{winner}") }.ToHashSet(), snapshot.Files.Keys.ToHashSet());
    }

    [Fact]
    public async Task Writers_of_different_owners_are_all_in()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
            Task.Run(() => TryAsync(_lake.Open(), $"{writer}", new MarkChange($"shard:{writer}", null, $"{writer}")))));

        var snapshot = await _lake.Table.ReadAsync(default);
        Assert.DoesNotContain(false, won);
        Assert.Equal(8, snapshot.Files.Count);
        Assert.All(Enumerable.Range(0, 8), writer => Assert.Equal($"{writer}", snapshot.Marks.PositionOf($"shard:{writer}")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("100")]
    public async Task A_commit_with_an_owner_who_is_elsewhere_changes_nothing(string? from)
    {
        await TryAsync(_lake.Table, "a", new MarkChange(Owner, null, "10"));

        Assert.False(await TryAsync(_lake.Table, "b", new MarkChange("shard:orders:2", null, "1"), new MarkChange(Owner, from, "11")));

        var snapshot = await _lake.Open().ReadAsync(default);
        Assert.Equal((0L, "10", (string?)null), (snapshot.Version, snapshot.Marks.PositionOf(Owner), snapshot.Marks.PositionOf("shard:orders:2")));
        Assert.Equal([PathOf("a")], snapshot.Files.Keys);
    }

    [Fact]
    public async Task A_mark_is_in_one_commit_with_its_files()
    {
        await TryAsync(_lake.Table, "a", new MarkChange(Owner, null, new string('7', 100)));

        var lines = await File.ReadAllLinesAsync(Path.Join(_lake.Path, "events/_delta_log/00000000000000000000.json"), TestContext.Current.CancellationToken);

        Assert.Equal(15, lines.Count(line => line.StartsWith("{\"txn\"", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("{\"add\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Marks_are_kept_by_a_checkpoint()
    {
        string? from = null;
        for (var i = 0; i < 12; i++)
        {
            // Longer and shorter ones in turn, so that the checkpoint also has what lies behind the end of one.
            var to = new string((char)('a' + i), i % 2 == 0 ? 40 : 14);
            Assert.True(await TryAsync(_lake.Table, $"{i}", new MarkChange(Owner, from, to), new MarkChange($"shard:{i}", null, $"{i}")));
            from = to;
        }

        var log = Path.Join(_lake.Path, "events/_delta_log");
        Assert.True(File.Exists(Path.Join(log, "00000000000000000010.checkpoint.parquet")));
        for (var i = 0; i < 10; i++)
        {
            File.Delete(Path.Join(log, $"{i:D20}.json"));
        }

        var marks = (await _lake.Open().ReadAsync(default)).Marks;

        Assert.Equal(from, marks.PositionOf(Owner));
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal($"{i}", marks.PositionOf($"shard:{i}")));
        Assert.True(await TryAsync(_lake.Open(), "last", new MarkChange(Owner, from, "z")));
    }

    static async Task<bool> TryAsync(LakeTable lake, string file, params MarkChange[] changes) =>
        (await new LakeCommit([new LakeFile(PathOf(file), new DateOnly(2026, 11, 22), 1, 2)], changes).TryAsync(lake, default)).IsIn;

    static string PathOf(string file) => $"dt=2026-11-22/service=a/part-{file}.parquet";
}
