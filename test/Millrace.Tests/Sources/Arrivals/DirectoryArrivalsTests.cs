using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Sources.Arrivals;

public sealed class DirectoryArrivalsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly SetClock _clock = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_arrive_when_they_are_new_and_when_they_have_grown()
    {
        _folder.Write("a.log");
        await using var arrivals = Watch(_folder.Path);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();

        Assert.Equal(["a.log"], await RoundAsync(received));
        Assert.Empty(await RoundAsync(received));
        _folder.Write("deep/b.log");
        File.AppendAllText(Path.Join(_folder.Path, "a.log"), "another line\n");
        Assert.Equal(["a.log", "deep/b.log"], await RoundAsync(received));
    }

    [Fact]
    public async Task Empty_hidden_and_unfinished_files_do_not_arrive()
    {
        foreach (var name in new[] { ".hidden.log", "a.log.tmp", "b.log.part", "c.log~" })
        {
            _folder.Write(name);
        }

        _folder.Write("empty.log", "");
        await using var arrivals = Watch(_folder.Path);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();

        Assert.Empty(await RoundAsync(received));
        File.Move(Path.Join(_folder.Path, "a.log.tmp"), Path.Join(_folder.Path, "a.log"));
        Assert.Equal(["a.log"], await RoundAsync(received));
    }

    [Fact]
    public async Task A_file_that_was_left_alone_arrives_once_more_as_finished()
    {
        _folder.Write("a.log", "no line break");
        await using var arrivals = Watch(_folder.Path);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync());
        Assert.True((await received.Current!.FindAsync(default))!.IsGrowing);
        await received.MoveNextAsync();

        _clock.Now += TimeSpan.FromMinutes(11);

        Assert.True(await received.MoveNextAsync());
        Assert.False((await received.Current!.FindAsync(default))!.IsGrowing);
        await received.MoveNextAsync();
        Assert.Empty(await RoundAsync(received));
    }

    [Fact]
    public async Task A_glob_may_match_nothing_yet_and_a_named_file_may_be_away_for_a_while()
    {
        var named = _folder.Write("named.log");
        await using var arrivals = Watch(Path.Join(_folder.Path, "*.json"), named);
        await arrivals.CheckAsync(default);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        Assert.Equal(["named.log"], await RoundAsync(received));

        File.Move(named, named + ".1");
        _folder.Write("a.json");
        Assert.Equal(["a.json"], await RoundAsync(received));
        _folder.Write("named.log");
        Assert.Equal(["named.log"], await RoundAsync(received));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_told_at_the_beginning()
    {
        await using var arrivals = Watch(Path.Join(_folder.Path, "nothing"));

        var failure = await Assert.ThrowsAsync<UserException>(() => arrivals.CheckAsync(default));

        Assert.StartsWith("No file or directory '", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_goes_before_it_is_read_is_gone()
    {
        var path = _folder.Write("a.log");
        await using var arrivals = Watch(_folder.Path);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        await received.MoveNextAsync();

        File.Delete(path);

        Assert.Null(await received.Current!.FindAsync(default));
    }

    DirectoryArrivals Watch(params string[] sources) => new(sources, _clock, new ArrivalOptions());

    async Task<List<string>> RoundAsync(IAsyncEnumerator<Arrival?> received)
    {
        var names = new List<string>();
        while (await received.MoveNextAsync() && received.Current is { } arrival)
        {
            names.Add(Path.GetRelativePath(_folder.Path, arrival.Name));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
