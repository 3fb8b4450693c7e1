using Millrace.Queries;

namespace Millrace.Tests.Queries;

public sealed class QueryGateTests
{
    const long Budget = 256 << 20;

    [Fact]
    public async Task Each_pass_has_an_equal_share_of_the_memory()
    {
        var gate = new QueryGate(Budget, atOnce: 4);
        using var pass = await gate.EnterAsync(default);

        using var session = new QuerySession(Some.Options() with { MemoryBytes = pass.MemoryBytes });

        Assert.Equal(Budget / 4, pass.MemoryBytes);
        Assert.Equal(["64.0 MiB"], session.Rows("SELECT current_setting('memory_limit')"));
    }

    [Fact]
    public void A_session_with_little_memory_has_few_threads()
    {
        var processors = Environment.ProcessorCount;
        var options = Some.Options() with { Threads = 0 };

        Assert.Equal(processors, ThreadsOf(options));
        Assert.Equal(1, ThreadsOf(options with { MemoryBytes = 64 << 20 }));
        Assert.Equal(Math.Min(2, processors), ThreadsOf(options with { MemoryBytes = 300_000_000 }));
        Assert.Equal(processors, ThreadsOf(options with { MemoryBytes = 1L << 40 }));
        Assert.Equal(3, ThreadsOf(options with { MemoryBytes = 64 << 20, Threads = 3 }));
    }

    [Fact]
    public async Task Who_came_first_is_let_in_first()
    {
        var gate = new QueryGate(Budget, atOnce: 1);
        var inside = await gate.EnterAsync(default);
        var waiting = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(default)).ToList();

        foreach (var next in waiting)
        {
            Assert.All(waiting.SkipWhile(one => one != next), one => Assert.False(one.IsCompleted));
            inside.Dispose();
            inside = await next.WaitAsync(TimeSpan.FromSeconds(10));
        }

        inside.Dispose();
        Assert.True(gate.EnterAsync(default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_takes_no_place()
    {
        using var stop = new CancellationTokenSource();
        var gate = new QueryGate(Budget, atOnce: 1);
        var inside = await gate.EnterAsync(default);
        var impatient = gate.EnterAsync(stop.Token);
        var patient = gate.EnterAsync(default);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(TimeSpan.FromSeconds(10)));
        inside.Dispose();

        (await patient.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(stop.Token));
        Assert.True(gate.EnterAsync(default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_pass_that_is_given_back_twice_lets_in_one()
    {
        var gate = new QueryGate(Budget, atOnce: 1);
        var inside = await gate.EnterAsync(default);
        var waiting = new[] { gate.EnterAsync(default), gate.EnterAsync(default) };

        inside.Dispose();
        inside.Dispose();
        await waiting[0].WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public void A_gate_gives_no_less_than_a_query_needs()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new QueryGate(QueryGate.LeastShare, atOnce: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QueryGate(Budget, atOnce: 0));
    }

    static int ThreadsOf(QueryOptions options)
    {
        using var session = new QuerySession(options);
        Assert.Equal([$"{session.Options.Threads}"], session.Rows("SELECT current_setting('threads')"));
        return session.Options.Threads;
    }
}
