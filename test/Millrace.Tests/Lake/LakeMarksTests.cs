using System.Text;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Upkeep;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Lake;

public sealed class LakeMarksTests : IDisposable
{
    const string Owner = "shard:orders:shardId-000000000000";

    readonly TemporaryLake _lake = new();
    readonly Dictionary<string, long> _transactions = [];

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Positions_that_grow_and_shrink_are_given_back_unchanged(int seed)
    {
        var random = new Random(seed);
        var expected = new Dictionary<string, string>();
        for (var run = 0; run < 400; run++)
        {
            var owner = $"shard:{random.Next(6)}";
            Set(new LakeMark(owner, expected[owner] = SomeText(random, random.Next(random.Next(10) == 0 ? 4000 : 30))));

            var wrong = expected.Where(one => Marks.PositionOf(one.Key) != one.Value);
            Assert.Empty(wrong.Select(one => $"seed {seed}, run {run}: {one.Key} should be at '{one.Value}'"));
            Assert.DoesNotContain(_transactions.Values, number => number < 0);
        }
    }

    [Fact]
    public void Every_length_is_given_back_unchanged()
    {
        for (var length = 0; length <= 50; length++)
        {
            Set(new LakeMark($"shard:{length}", new string('9', length)));
        }

        Assert.Equal(Enumerable.Range(0, 51), Enumerable.Range(0, 51).Select(length => Marks.PositionOf($"shard:{length}")?.Length ?? -1));
        Assert.Null(Marks.PositionOf("shard:51"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("495903382714902566085597255623614286077441315439509176325121")]
    [InlineData("é 日本 🐘 \0 \\ \" \n")]
    public async Task A_position_of_any_text_is_kept_by_the_log(string position)
    {
        await CommitAsync(Owner, null, position);

        Assert.Equal(position, (await _lake.Open().ReadAsync(default)).Marks.PositionOf(Owner));
    }

    [Fact]
    public async Task A_long_position_is_kept_by_the_log_and_so_is_the_short_one_after_it()
    {
        var longer = SomeText(new Random(7), 10_000);
        await CommitAsync(Owner, null, longer);
        Assert.Equal(longer, (await _lake.Open().ReadAsync(default)).Marks.PositionOf(Owner));

        await CommitAsync(Owner, longer, "short");

        Assert.Equal("short", (await _lake.Open().ReadAsync(default)).Marks.PositionOf(Owner));
    }

    [Fact]
    public async Task Owners_are_found_by_how_their_names_begin()
    {
        await _lake.IngestAsync(_lake.Log("a.log", Some.Combined(3)));
        await CommitAsync("shard:orders:1", null, "14 bytes long.");
        await CommitAsync("shard:orders:2", null, "");
        await CommitAsync("shard:others:1", null, "x");

        var marks = (await _lake.Table.ReadAsync(default)).Marks;

        Assert.Equal(["shard:orders:1", "shard:orders:2"], marks.Owners("shard:orders:").Order(StringComparer.Ordinal));
        Assert.Equal(4, marks.Owners("").Count());
        Assert.Matches("^[0-9]+ 3 [0-9]+$", marks.PositionOf(Assert.Single(marks.Owners("source:"))));
    }

    [Fact]
    public async Task An_owner_that_is_named_like_an_identifier_does_not_meet_it()
    {
        var log = _lake.Log("a.log", Some.Combined(3));
        await _lake.IngestAsync(log);
        var before = (await _lake.Table.ReadAsync(default)).Marks;
        string[] owners = [.. before.Transactions.Keys, "mark:0:x", "0:x", "x", "1:x"];

        foreach (var owner in owners)
        {
            await CommitAsync(owner, null, $"the position of {owner}");
        }

        var snapshot = await _lake.Open().ReadAsync(default);
        Assert.All(owners, owner => Assert.Equal($"the position of {owner}", snapshot.Marks.PositionOf(owner)));
        Assert.All(before.Transactions, one => Assert.Equal(one.Value, snapshot.Marks.Transactions[one.Key]));
        Assert.Equal(before.Owners("source:tag-").Concat(before.Owners("source:head-")), snapshot.Marks.Owners("source:head-"));
        Assert.Equal(1, LakeStatus.Of(snapshot).Sources);
        Assert.Equal((0L, 1L), ((await _lake.IngestAsync(log)).Events, (await _lake.IngestAsync(log)).Known));
    }

    [Fact]
    public void A_mark_that_is_not_whole_is_reported_as_damage()
    {
        Set(new LakeMark(Owner, "a position that takes some identifiers"));
        _transactions.Remove($"mark:2:{Owner}");

        var failure = Assert.Throws<UserException>(() => Marks.PositionOf(Owner));

        Assert.Equal($"The log of the lake 'lake' has a mark of '{Owner}' that is not whole. The log is damaged; restore it from a copy.", failure.Message);
    }

    [Theory]
    [InlineData(0x08_00_00_00_00_00_00_00)]
    [InlineData(0x01_FF_00_00_00_00_00_00)]
    [InlineData(-1)]
    public void A_number_that_is_no_part_of_a_position_is_reported_as_damage(long number)
    {
        _transactions[$"mark:0:{Owner}"] = number;

        Assert.Contains("is not whole", Assert.Throws<UserException>(() => Marks.PositionOf(Owner)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("source:tag-1:s3://logs/a.log", "text of another owner")]
    [InlineData("source:tag-1:s3://logs/a.log", "1 2 3 4")]
    [InlineData("source:tag-1:s3://logs/a.log", "01 2")]
    public void A_mark_that_could_not_be_given_back_unchanged_is_refused(string owner, string position) =>
        Assert.ThrowsAny<ArgumentException>(() => Set(new LakeMark(owner, position)));

    /// <summary>An attribute cannot hold half a surrogate pair.</summary>
    [Fact]
    public void A_mark_of_text_that_is_no_Unicode_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Set(new LakeMark("shard:\ud800", "1")));
        Assert.ThrowsAny<ArgumentException>(() => Set(new LakeMark("shard:1", "\ud800")));
    }

    [Fact]
    public void A_source_has_the_identifiers_that_sources_have_always_had()
    {
        Set(new LakeMark("source:head-4096-abc:/var/log/a:b.log", "12 3 45"));
        Set(new LakeMark("source:tag-e:s3://logs/a.log", "67 8"));

        Assert.Equal(
            [
                "source:bytes:head-4096-abc:/var/log/a:b.log 12", "source:bytes:tag-e:s3://logs/a.log 67", "source:lines:head-4096-abc:/var/log/a:b.log 3",
                "source:lines:tag-e:s3://logs/a.log 8", "source:tail:head-4096-abc:/var/log/a:b.log 45",
            ],
            _transactions.Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(("12 3 45", "67 8"), (Marks.PositionOf("source:head-4096-abc:/var/log/a:b.log"), Marks.PositionOf("source:tag-e:s3://logs/a.log")));
    }

    LakeMarks Marks => new(_transactions, "lake");

    void Set(LakeMark mark)
    {
        foreach (var (id, number) in LakeMarks.Encode(mark))
        {
            _transactions[id] = number;
        }
    }

    async Task CommitAsync(string owner, string? from, string to) =>
        Assert.True((await new LakeCommit([], [new MarkChange(owner, from, to)]).TryAsync(_lake.Table, default)).IsIn);

    static string SomeText(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(random.Next(4) switch { 0 => "🐘", 1 => "é", 2 => $"{(char)random.Next(128)}", _ => $"{random.Next(10)}" });
        }

        return text.ToString();
    }
}
