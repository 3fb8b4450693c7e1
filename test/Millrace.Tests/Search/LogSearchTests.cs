using System.IO.Compression;
using System.Text;
using Millrace.Queries;
using Millrace.Queries.Conditions;
using Millrace.Search;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Search;

public sealed class LogSearchTests
{
    const string App = """
        2026-11-22 10:00:00,000 INFO  [main] shop.Orders - started
        2026-11-22 10:00:01,000 ERROR [main] shop.Orders - cannot ship order 17
        java.lang.IllegalStateException: no carrier
            at shop.Ship.send(Ship.java:12)
            at shop.Orders.ship(Orders.java:80)
        2026-11-22 10:00:02,000 INFO  [main] shop.Orders - done

        """;

    [Fact]
    public async Task All_terms_must_stand_in_one_event_and_none_of_those_without()
    {
        Assert.Equal(["a.log:2"], await HitsAsync(new SearchQuery { Terms = ["ship", "order 17"] }, ("a.log", App)));
        Assert.Empty(await HitsAsync(new SearchQuery { Terms = ["started", "done"] }, ("a.log", App)));
        Assert.Equal(["a.log:1"], await HitsAsync(new SearchQuery { Terms = ["shop.Orders"], Without = ["cannot", "done"] }, ("a.log", App)));
    }

    [Fact]
    public async Task A_trace_belongs_to_its_event()
    {
        var texts = new List<string>();
        await SearchAsync(new SearchQuery { Terms = ["Ship.java:12"] }, (scoped in hit) => texts.Add($"{hit.Line} {Encoding.UTF8.GetString(hit.Text)}"), Some.Options(Some.Store(("a.log", App))));

        var text = Assert.Single(texts);
        Assert.StartsWith("2 2026-11-22 10:00:01,000 ERROR", text, StringComparison.Ordinal);
        Assert.EndsWith("(Orders.java:80)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CHROME", false, 0)]
    [InlineData("CHROME", true, 1)]
    [InlineData("Übergröße", true, 1)]
    [InlineData("übergrÖSSE", true, 0)]
    public async Task Case_matters_unless_it_is_ignored(string term, bool ignoresCase, int expected) =>
        Assert.Equal(expected, (await HitsAsync(new SearchQuery { Terms = [term], IgnoresCase = ignoresCase }, ("a.log", "one Chrome, ÜBERGRÖßE\nanother\n"))).Count);

    [Theory]
    [InlineData(@"order \d+", 1)]
    [InlineData("^2026.*(started|done)$", 2)]
    [InlineData("[Oo]rders.*ship", 1)]
    [InlineData("sh?ip", 1)]
    [InlineData("starte*d", 1)]
    public async Task Terms_may_be_regular_expressions(string pattern, int expected) =>
        Assert.Equal(expected, (await HitsAsync(new SearchQuery { Terms = [pattern], IsRegex = true }, ("a.log", App))).Count);

    [Fact]
    public async Task What_is_no_regular_expression_is_told() => Assert.StartsWith(
        "'(' is no regular expression that can be searched for:",
        (await Assert.ThrowsAsync<UserException>(() => HitsAsync(new SearchQuery { Terms = ["("], IsRegex = true }, ("a.log", App)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Conditions_and_range_hold_for_the_event()
    {
        var log = Some.Combined(100) + Some.Combined(50, status: 503);
        var options = Some.Options(Some.Store(("a.log", log))) with { Since = At(10), Until = At(19) };

        Assert.Equal(10, (await HitsAsync(new SearchQuery { Terms = ["GET"], Filters = [Condition.Parse("status>=500")] }, options)).Count);
        Assert.Equal(20, (await HitsAsync(new SearchQuery { Terms = ["GET"] }, options)).Count);
        Assert.Equal(10, await SearchAsync(new SearchQuery { Filters = [Condition.Parse("status=200")], OnlyCounts = true }, null, options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_condition_on_the_line_knows_its_number_also_where_hits_are_only_counted(bool onlyCounts)
    {
        var query = new SearchQuery { Terms = ["GET"], Filters = [Condition.Parse("line=2,3,39999")], OnlyCounts = onlyCounts };

        Assert.Equal(3, await SearchAsync(query, null, Some.Options(Some.Store(("a.log", Some.Combined(40_000))))));
    }

    /// <summary>Blocks of any size, plain or compressed, on any number of threads: the same hits with the same numbers.</summary>
    [Fact]
    public async Task Hits_do_not_depend_on_blocks_threads_or_compression()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 30_000).Select(i => $"10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /{(random.Next(50) == 0 ? "needle" : "hay")}/{new string('x', random.Next(200))} HTTP/1.1\" 200 {i} \"-\" \"a\"").ToArray();
        var text = string.Join('\n', lines);
        var expected = lines.Select((line, i) => (line, i)).Where(line => line.line.Contains("needle", StringComparison.Ordinal)).Select(line => $"{line.i + 1}").ToHashSet();
        var store = Some.Store(("a.log", text));
        store.With("logs", "a.gz", Gzip(text));

        foreach (var source in new[] { "s3://logs/a.log", "s3://logs/a.gz" })
        {
            foreach (var threads in new[] { 1, 2 })
            {
                var found = new List<string>();
                await new LogSearch(Some.Options(store) with { Threads = threads }, new SearchQuery { Terms = ["needle"] }).RunAsync([source], (scoped in hit) => found.Add($"{hit.Line}"));

                Assert.True(expected.SetEquals(found) && found.Count == expected.Count, $"seed {seed}, {source}, {threads} threads");
            }
        }
    }

    [Fact]
    public async Task Lines_around_a_hit_are_given_also_from_other_blocks()
    {
        var lines = Enumerable.Range(0, 40_000).Select(i => $"{i:00000} {new string('.', 90)}").ToArray();
        var text = string.Join('\n', lines);
        foreach (var wanted in new[] { 0, 1, 10_000, 10_810, 10_811, 10_812, 21_623, 39_999 })
        {
            var found = new List<string>();
            await SearchAsync(
                new SearchQuery { Terms = [$"{wanted:00000} "], Context = 2 },
                (scoped in hit) => found.Add($"{hit.Line}: {string.Join(' ', hit.Before.Concat(hit.After).Select(line => Encoding.UTF8.GetString(line)[..5]))}"),
                Some.Options(Some.Store(("a.log", text))) with { Format = "text" });

            int[] around = [wanted - 2, wanted - 1, wanted + 1, wanted + 2];
            Assert.Equal([$"{wanted + 1}: {string.Join(' ', around.Where(line => line is >= 0 and < 40_000).Select(line => $"{line:00000}"))}"], found);
        }
    }

    [Fact]
    public async Task A_limit_ends_the_search()
    {
        var hits = await HitsAsync(new SearchQuery { Terms = ["GET"], Limit = 7 }, ("a.log", Some.Combined(50_000)));

        Assert.Equal(7, hits.Count);
    }

    [Fact]
    public async Task All_that_was_found_is_shown_also_where_the_search_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var (found, shown) = (0, 0);
        var search = new LogSearch(Some.Options(Some.Store(("a.log", Some.Combined(50_000)))) with { CancellationToken = stop.Token, Threads = 1 }, new SearchQuery { Terms = ["GET"] });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.RunAsync(
            ["s3://logs/"],
            (scoped in _) =>
            {
                if (++found == 1000)
                {
                    stop.Cancel();
                }
            },
            () => shown = found));

        Assert.True(found >= 1000);
        Assert.Equal(found, shown);
    }

    [Fact]
    public async Task A_search_that_no_one_sees_ends_with_the_reason()
    {
        var search = new LogSearch(Some.Options(Some.Store(("a.log", App))), new SearchQuery { Terms = ["ship"] });

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => search.RunAsync(["s3://logs/"], static (scoped in _) => { }, static () => throw new InvalidDataException("no one looks")));

        Assert.Equal("no one looks", failure.Message);
    }

    [Fact]
    public async Task Odd_bytes_and_long_lines_are_searched_as_they_are()
    {
        var bytes = new List<byte>();
        bytes.AddRange("before\r\n"u8.ToArray());
        bytes.AddRange([0xff, 0x00, (byte)'x', 0xfe, (byte)'n', (byte)'e', (byte)'e', (byte)'d', (byte)'l', (byte)'e', (byte)'\n']);
        bytes.AddRange(Encoding.ASCII.GetBytes(new string('y', 5 << 20) + "needle" + new string('y', 100) + "\n"));
        bytes.AddRange("the needle at the end"u8.ToArray());
        var store = Some.Store();
        store.With("logs", "odd.bin", [.. bytes]);

        Assert.Equal(["odd.bin:2", "odd.bin:3", "odd.bin:4"], await HitsAsync(new SearchQuery { Terms = ["needle"] }, Some.Options(store)));
    }

    [Fact]
    public async Task An_empty_term_is_told() => Assert.Equal(
        "An empty term stands in every line. Name a text to search for.",
        (await Assert.ThrowsAsync<UserException>(() => HitsAsync(new SearchQuery { Terms = [""] }, ("a.log", App)))).Message);

    static DateTimeOffset At(int second) => new(2026, 11, 22, 10, 0, second, TimeSpan.Zero);

    static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    static Task<List<string>> HitsAsync(SearchQuery query, params (string Key, string Text)[] files) => HitsAsync(query, Some.Options(Some.Store(files)));

    static async Task<List<string>> HitsAsync(SearchQuery query, QueryOptions options)
    {
        var hits = new List<string>();
        var count = await SearchAsync(query, (scoped in hit) => hits.Add($"{hit.File["s3://logs/".Length..]}:{hit.Line}"), options);
        Assert.Equal(count, hits.Count);
        hits.Sort(StringComparer.Ordinal);
        return hits;
    }

    static Task<long> SearchAsync(SearchQuery query, SearchHitHandler? onHit, QueryOptions options) =>
        new LogSearch(options, query).RunAsync(["s3://logs/"], onHit ?? (static (scoped in _) => { }));
}
