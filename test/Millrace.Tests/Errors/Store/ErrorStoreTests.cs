using Millrace.Errors;
using Millrace.Errors.Store;

namespace Millrace.Tests.Errors.Store;

/// <summary>What every error store does; the same tests for the one in a file and for the one on AWS. Ranges are of days, since a store may look at each of them.</summary>
public abstract class ErrorStoreTests
{
    const long Hour = 498_000;
    const long MicrosPerHour = 3_600_000_000;

    static readonly DateTimeOffset Added = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly ErrorKind Plain = new(["disk", "<*>", "is", "full"], null, []) { Group = "plain", Added = Added };
    static readonly ErrorKind Thrown = new([], "java.lang.Ünicode$Exception", ["a.B.c", "d.E.<init>"]) { Group = "thrown", Added = Added.AddMinutes(-1) };

    /// <summary>Opens the test's own store, which is empty at first; again for what another process sees.</summary>
    protected abstract Task<IErrorStore> OpenAsync();

    [Fact]
    public async Task What_was_added_is_read_again()
    {
        await using var store = await OpenAsync();
        var cells = new[] { Cell(Plain, Hour, 3) with { Services = Names(("shop", 2), ("päy \u0000\"", 1)), Hosts = Names(("h", 3)) }, Cell(Thrown, Hour + 30, 1) with { Endpoints = Names(("/a", 1)), Callers = Names(("web", 1)) } };

        Assert.True(await store.AddAsync(Extract(Source("a"), [Plain, Thrown], cells), default));

        await using var other = await OpenAsync();
        Assert.Equal(cells.Select(Text), await ReadAsync(other, Hour, Hour + 30));
        Assert.Equal([Text(Thrown), Text(Plain)], (await other.ReadKindsAsync(default)).Select(Text));
    }

    [Fact]
    public async Task Hours_are_read_that_are_asked_for()
    {
        await using var store = await OpenAsync();
        var cells = Enumerable.Range(0, 60).Select(hour => Cell(Plain, Hour + hour, hour + 1)).ToArray();
        await store.AddAsync(Extract(Source("a"), [Plain], cells), default);

        Assert.Equal(cells[10..41].Select(Text), await ReadAsync(store, Hour + 10, Hour + 40));
        Assert.Equal(cells[7..8].Select(Text), await ReadAsync(store, Hour + 7, Hour + 7));
        Assert.Empty(await ReadAsync(store, Hour + 60, Hour + 100));
    }

    [Fact]
    public async Task The_same_version_of_a_source_changes_nothing()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        var source = Source("a");

        Assert.False(await store.HoldsAsync(source, default));
        Assert.True(await store.AddAsync(Extract(source, [Plain], [Cell(Plain, Hour, 3)]), default));
        Assert.False(await store.AddAsync(Extract(source, [Plain], [Cell(Plain, Hour, 3)]), default));
        Assert.False(await other.AddAsync(Extract(source, [Plain], [Cell(Plain, Hour, 3)]), default));

        Assert.True(await other.HoldsAsync(source, default));
        Assert.Equal([Text(Cell(Plain, Hour, 3))], await ReadAsync(store));
    }

    [Fact]
    public async Task Another_version_replaces_what_the_source_gave()
    {
        await using var store = await OpenAsync();
        await store.AddAsync(Extract(Source("a"), [Plain, Thrown], [Cell(Plain, Hour, 3), Cell(Thrown, Hour - 100, 1)], new ErrorDay((Hour / 24) - 4, 1)), default);
        await store.AddAsync(Extract(Source("b"), [Plain], [Cell(Plain, Hour, 1) with { First = 1 }]), default);
        var grown = Source("a") with { Version = "2" };

        Assert.False(await store.HoldsAsync(grown, default));
        Assert.True(await store.AddAsync(Extract(grown, [Plain], [Cell(Plain, Hour, 5), Cell(Plain, Hour + 1, 1)]), default));

        Assert.Equal(new[] { Cell(Plain, Hour, 1) with { First = 1 }, Cell(Plain, Hour, 5), Cell(Plain, Hour + 1, 1) }.Select(Text), await ReadAsync(store));
        Assert.Equal(Hour / 24 * 24, await store.FirstHourAsync(Hour - 200, Hour, default));
        Assert.False(await store.HoldsAsync(Source("a"), default));
        Assert.True(await store.HoldsAsync(Source("b"), default));
    }

    [Fact]
    public async Task A_kind_keeps_its_group_and_its_age()
    {
        await using var store = await OpenAsync();
        await store.AddAsync(Extract(Source("a"), [Plain], [Cell(Plain, Hour, 1)]), default);
        await store.AddAsync(Extract(Source("b"), [Plain with { Group = "other", Added = Added.AddDays(1) }, Thrown], [Cell(Thrown, Hour, 1)]), default);

        Assert.Equal([Text(Thrown), Text(Plain)], (await store.ReadKindsAsync(default)).Select(Text));
    }

    /// <summary>Whoever saw the file when it was shorter comes late: what the other has brought in is more.</summary>
    [Fact]
    public async Task The_longer_version_of_a_part_that_grows_stays()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        ErrorSource Part(long to) => ErrorSource.OfPart("/logs/a.log", 100, "2026-11-22T10:00:00Z", to);

        Assert.True(await other.AddAsync(Extract(Part(900), [Plain], [Cell(Plain, Hour, 1)]), default));
        Assert.True(await store.AddAsync(Extract(Part(1000), [Plain], [Cell(Plain, Hour, 3)]), default));
        Assert.False(await other.AddAsync(Extract(Part(950), [Plain], [Cell(Plain, Hour, 2)]), default));

        Assert.Equal([Text(Cell(Plain, Hour, 3))], await ReadAsync(store));
        Assert.True(await other.HoldsAsync(Part(950), default));
        Assert.False(await other.HoldsAsync(Part(1001), default));
        Assert.True(await other.AddAsync(Extract(ErrorSource.OfPart("/logs/a.log", 100, "2026-11-23T10:00:00Z", 200), [Plain], [Cell(Plain, Hour + 24, 1)]), default));
        Assert.Equal(2, (await ReadAsync(store)).Count);
    }

    [Fact]
    public async Task What_is_older_than_is_kept_goes_and_kinds_and_sources_stay()
    {
        await using var store = await OpenAsync();
        var day = Hour / 24;
        var start = day * 24;
        var extract = Extract(Source("a"), [Plain, Thrown], [Cell(Plain, start - 30, 4), Cell(Thrown, start - 1, 2), Cell(Plain, start, 1)], new ErrorDay(day - 2, 1), new ErrorDay(day - 1, 1 << 23), new ErrorDay(day, 1));
        await store.AddAsync(extract, default);

        var dry = await store.RetainAsync(day, isDry: true, default);
        var before = await ReadAsync(store);
        var done = await store.RetainAsync(day, isDry: false, default);
        var again = await store.RetainAsync(day, isDry: false, default);

        Assert.Equal((new ErrorRetention(6, 2), dry, new ErrorRetention(0, 0)), (dry, done, again));
        Assert.Equal(3, before.Count);
        Assert.Equal([Text(Cell(Plain, start, 1))], await ReadAsync(store));
        Assert.Equal(start, await store.FirstHourAsync(start - 200, start + 200, default));
        Assert.False(await store.AddAsync(extract, default));
        await using var other = await OpenAsync();
        var kinds = await other.ReadKindsAsync(default);
        Assert.Equal([Text(Thrown), Text(Plain)], kinds.Select(Text));
        Assert.Equal([Time(start - 1), Time(start - 30)], kinds.Select(kind => kind.FirstSeen));
    }

    [Fact]
    public async Task A_kind_was_first_seen_at_the_earliest_time_that_was_ever_told()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        async Task<DateTimeOffset?> First() => Assert.Single(await store.ReadKindsAsync(default)).FirstSeen;

        await store.AddAsync(Extract(Source("a"), [Plain], []), default);
        Assert.Null(await First());
        await store.AddAsync(Extract(Source("b"), [Plain], [Cell(Plain, Hour + 5, 1), Cell(Plain, Hour, 1)]), default);
        Assert.Equal(Time(Hour), await First());
        await other.AddAsync(Extract(Source("c"), [Plain], [Cell(Plain, Hour + 9, 1)]), default);
        Assert.Equal(Time(Hour), await First());
        await other.AddAsync(Extract(Source("d"), [Plain], [Cell(Plain, Hour - 9, 1)]), default);
        await store.AddAsync(Extract(Source("e"), [Plain], [Cell(Plain, Hour - 8, 1)]), default);
        Assert.Equal(Time(Hour - 9), await First());
    }

    [Fact]
    public async Task The_first_hour_with_events_is_known()
    {
        await using var store = await OpenAsync();
        var day = Hour / 24;
        Assert.Null(await store.FirstHourAsync(Hour - 200, Hour, default));
        await store.AddAsync(new ErrorExtract(Source("a"), [], [], [new ErrorDay(day, (1 << 23) | (1 << 7)), new ErrorDay(day + 3, 1)]), default);
        await store.AddAsync(new ErrorExtract(Source("b"), [], [], [new ErrorDay(day, 1 << 9)]), default);

        Assert.Equal((day * 24) + 7, await store.FirstHourAsync(Hour - 200, Hour + 200, default));
        Assert.Equal((day * 24) + 7, await store.FirstHourAsync((day * 24) + 7, Hour + 200, default));
        Assert.Equal((day * 24) + 9, await store.FirstHourAsync((day * 24) + 8, Hour + 200, default));
        Assert.Equal((day * 24) + 23, await store.FirstHourAsync((day * 24) + 10, Hour + 200, default));
        Assert.Equal((day + 3) * 24, await store.FirstHourAsync((day + 1) * 24, Hour + 200, default));
        Assert.Null(await store.FirstHourAsync((day * 24) + 10, (day * 24) + 22, default));
        Assert.Null(await store.FirstHourAsync(((day + 3) * 24) + 1, Hour + 200, default));
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_and_double_nothing()
    {
        var extracts = Enumerable.Range(0, 6).Select(source => Extract(Source($"s{source}"), [Plain, Thrown], [Cell(Plain, Hour, source + 1), Cell(Thrown, Hour, 1)])).ToList();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await using var store = await OpenAsync();
            foreach (var extract in extracts)
            {
                await store.AddAsync(extract, default);
            }
        })));

        await using var reader = await OpenAsync();
        Assert.Equal(extracts.SelectMany(extract => extract.Cells).Select(Text).Order(StringComparer.Ordinal), await ReadAsync(reader, Hour, Hour));
    }

    [Fact]
    public async Task The_largest_cell_and_many_of_them_go_in()
    {
        await using var store = await OpenAsync();
        var names = Names([.. Enumerable.Range(0, 100).Select(i => ($"{i:000}{new string('漢', 147)}", 1L))]);
        var large = Cell(Plain, Hour, 1) with { Services = names, Endpoints = names, Hosts = names, Callers = names, Sample = new ErrorSample(new string('\u0001', 4000), "f", 1, Added) };
        var many = Enumerable.Range(0, 200).Select(i => new ErrorKind([$"k{i}"], null, [new string('f', 300)]) { Group = "g", Added = Added }).ToList();

        await store.AddAsync(Extract(Source("a"), [Plain], [large]), default);
        await store.AddAsync(Extract(Source("b"), many, [.. many.Select(kind => Cell(kind, Hour + 1, 1))]), default);

        Assert.Equal([Text(large)], await ReadAsync(store, Hour, Hour));
        Assert.Equal(200, (await ReadAsync(store, Hour + 1, Hour + 1)).Count);
        Assert.Equal(201, (await store.ReadKindsAsync(default)).Count);
    }

    protected static ErrorSource Source(string name) => new($"s3://logs/{name}", "tag-1", "1");

    protected static ErrorExtract Extract(ErrorSource source, IReadOnlyList<ErrorKind> kinds, IReadOnlyList<ErrorCell> cells, params ErrorDay[] days) =>
        new(source, kinds, cells, days.Length > 0 ? days : [new ErrorDay(Hour / 24, 1)]);

    protected static ErrorExtract SomeExtract(string source) => Extract(Source(source), [Plain, Thrown], [Cell(Plain, Hour, 2), Cell(Thrown, Hour + 1, 1)]);

    /// <summary>All that a store says, in an order of its own.</summary>
    protected static async Task<IReadOnlyList<string>> ReadAsync(IErrorStore store, long fromHour = Hour - 200, long toHour = Hour + 200)
    {
        var cells = new List<string>();
        await foreach (var cell in store.ReadCellsAsync(fromHour, toHour, default))
        {
            cells.Add(Text(cell));
        }

        cells.Sort(StringComparer.Ordinal);
        return cells;
    }

    static ErrorCell Cell(ErrorKind kind, long hour, long count) =>
        new(kind.Id, hour, count, hour * MicrosPerHour, (hour * MicrosPerHour) + 59_999_999) { Sample = new ErrorSample("it\nfailed \ud83d\ude00", "s3://logs/a", 7, Added.AddTicks(10)) };

    static DateTimeOffset Time(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);

    static Dictionary<string, long> Names(params (string Name, long Count)[] names) => names.ToDictionary(name => name.Name, name => name.Count);

    static string Text(ErrorCell cell) => $"{cell.Hour} {cell.Count} {cell.First} {cell.Last} {cell.Kind} {Text(cell.Services)} {Text(cell.Endpoints)} {Text(cell.Hosts)} {Text(cell.Callers)} {cell.Sample}";

    static string Text(ErrorKind kind) => $"{kind.Id} {string.Join(' ', kind.Words)} {kind.Type} {string.Join(',', kind.Frames)} {kind.Group} {kind.Added:O}";

    static string Text(IReadOnlyDictionary<string, long> names) => string.Join(',', names.OrderBy(name => name.Key, StringComparer.Ordinal));
}
