using System.Globalization;
using Millrace.Queries;
using Millrace.Search;
using Millrace.Sources;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Queries;

/// <summary>One process that answers many at a time. Alone, since it looks at the memory of the process.</summary>
[CollectionDefinition(nameof(ManyQueriesTests), DisableParallelization = true)]
[Collection(nameof(ManyQueriesTests))]
public sealed class ManyQueriesTests : IDisposable
{
    const int Queries = 50;
    const int Lines = 200_000;
    const int FewLines = 20_000;
    const int AtOnce = 4;
    const long Budget = AtOnce * QueryGate.LeastShare;

    /// <summary>
    /// What the budget does not count: the buffers of scans, vectors on their way, the heap of the runtime, what allocators keep, and the code that is
    /// compiled meanwhile.
    /// </summary>
    const long Allowance = 128 << 20;

    // Different in every line, and so long that all of them are more than a query's share.
    const string WideKey = "repeat(md5(raw), 8)";

    readonly TemporaryFolder _folder = new();
    readonly QueryGate _gate = new(Budget, AtOnce);

    public ManyQueriesTests()
    {
        _folder.Write("many.log", Some.Combined(Lines));
        _folder.Write("few.log", Some.Combined(FewLines));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fifty_queries_at_a_time_are_answered_within_the_memory_that_they_are_given()
    {
        // Loads all there is to load, which is no query's.
        await Task.WhenAll(AskAsync(0), AskAsync(3));
        var isMeasured = ResidentMemory.TryForgetPeak();
        var before = ResidentMemory.Now;

        var answers = await Task.WhenAll(Enumerable.Range(0, Queries).Select(number => Task.Run(() => AskAsync(number))));

        Assert.Equal(Enumerable.Range(0, Queries).Select(Expected), answers);
        if (isMeasured)
        {
            Assert.InRange((ResidentMemory.Peak - before) >> 20, 0, (Budget + Allowance) >> 20);
        }
    }

    /// <summary>Every fifth is stopped in the middle of its rows or while it waits.</summary>
    async Task<string> AskAsync(int number)
    {
        using var stop = new CancellationTokenSource();
        var entering = _gate.EnterAsync(stop.Token);
        if (number % 10 == 9)
        {
            await stop.CancelAsync();
        }

        try
        {
            using var pass = await entering;
            var options = Some.Options() with { Sources = new SourceResolver(() => Stream.Null) { Folder = _folder.Path }, MemoryBytes = pass.MemoryBytes, Threads = 0, CancellationToken = stop.Token };
            return (number % 10) switch
            {
                0 or 5 or 6 or 7 => Rows(options, "SELECT count(*), sum(bytes) FROM logs('few.log')"),
                1 => Rows(options, $"SELECT count(*), max(n) FROM (SELECT {WideKey} AS key, count(*) AS n FROM logs('many.log') GROUP BY 1)"),
                2 => Rows(options, $"SELECT count(*), sum(line), sum(place) FROM (SELECT line, row_number() OVER (ORDER BY {WideKey}) AS place FROM logs('many.log'))"),
                3 or 8 => (await SearchAsync(options)).ToString(CultureInfo.InvariantCulture),
                _ => StoppedMidway(options, stop),
            };
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    static string Expected(int number) => (number % 10) switch
    {
        0 or 5 or 6 or 7 => $"{FewLines}|{SumTo(FewLines - 1)}",
        1 => $"{Lines}|1",
        2 => $"{Lines}|{SumTo(Lines)}|{SumTo(Lines)}",
        3 or 8 => "1",
        _ => "cancelled",
    };

    static long SumTo(long last) => last * (last + 1) / 2;

    static string Rows(QueryOptions options, string sql)
    {
        using var session = new QuerySession(options);
        return Assert.Single(session.Rows(sql));
    }

    static Task<long> SearchAsync(QueryOptions options) =>
        new LogSearch(options, new SearchQuery { Terms = ["/a/4242"] }).RunAsync(["few.log"], (scoped in SearchHit _) => { });

    static string StoppedMidway(QueryOptions options, CancellationTokenSource stop)
    {
        using var session = new QuerySession(options);
        using var rows = session.Execute("SELECT raw FROM logs('few.log')");
        Assert.True(rows.Read());
        stop.Cancel();
        rows.Drain();
        return "drained";
    }
}
