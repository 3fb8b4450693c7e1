using System.Text;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Sources;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Queries;

/// <summary>A query that waits ends soon after it is cancelled, whatever it waits for.</summary>
public sealed class CancellationTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("list", 1, false)]
    [InlineData("list", 1, true)]
    [InlineData("read", 1, false)]
    [InlineData("read", 2, false)]
    [InlineData("read", 2, true)]
    public async Task A_store_that_never_answers_and_ignores_the_token_holds_up_nothing(string request, int number, bool blocksItsThread)
    {
        var asked = new TaskCompletionSource();
        using var never = new ManualResetEventSlim();
        var requests = 0;
        var store = Some.Store(("a.log", Some.Combined(5000)));
        store.BeforeRequest = async (what, _, _) =>
        {
            if (what == request && Interlocked.Increment(ref requests) >= number)
            {
                asked.TrySetResult();
                if (blocksItsThread)
                {
                    never.Wait(Patience, CancellationToken.None);
                }
                else
                {
                    await new TaskCompletionSource().Task;
                }
            }
        };
        using var session = new QuerySession(Some.Options(store));
        var query = Task.Run(() => session.Rows("SELECT max(line), count(*) FROM logs('s3://logs/')"));

        await asked.Task.WaitAsync(Patience);
        session.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(Patience));
        never.Set();
    }

    [Fact]
    public async Task The_token_of_the_options_cancels_a_query_too()
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var store = Some.Store(("a.log", Some.Combined(10)));
        store.BeforeRequest = (_, _, _) =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        using var session = new QuerySession(Some.Options(store) with { CancellationToken = stop.Token });
        var query = Task.Run(() => session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));

        await asked.Task.WaitAsync(Patience);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_pipe_that_never_ends_ends_with_the_query()
    {
        using var endless = new EndlessStream();
        using var session = new QuerySession(Some.Options() with { Sources = new SourceResolver(() => endless), Format = "combined" });
        var query = Task.Run(() => session.Rows("SELECT count(*) FROM logs('-')"));

        await endless.IsRead.WaitAsync(Patience);
        session.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_pipe_that_falls_silent_ends_with_the_query()
    {
        using var endless = new EndlessStream { FallsSilent = true };
        using var session = new QuerySession(Some.Options() with { Sources = new SourceResolver(() => endless), Format = "combined" });
        var query = Task.Run(() => session.Rows("SELECT count(*), max(line) FROM logs('-')"));

        await endless.IsRead.WaitAsync(Patience);
        session.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_query_that_reads_no_logs_ends_also_when_it_is_cancelled_as_it_begins()
    {
        for (var i = 0; i < 10; i++)
        {
            using var session = new QuerySession(Some.Options());
            var begun = new TaskCompletionSource();
            var query = Task.Run(() =>
            {
                begun.SetResult();
                return session.Rows("SELECT count(*) FROM range(10000000) AS a(x), range(10000000) AS b(y) WHERE (x * y) % 7 = 3");
            });

            await begun.Task.WaitAsync(Patience);
            session.Cancel();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(Patience));
        }
    }

    [Fact]
    public void A_session_that_was_cancelled_runs_no_further_query()
    {
        using var session = new QuerySession(Some.Options());
        session.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Execute("SELECT 1"));
    }

    [Fact]
    public async Task A_session_does_not_wait_for_a_database_that_no_one_opens()
    {
        using var stop = new CancellationTokenSource();
        using var database = new QueryDatabase();
        var opening = Task.Run(() => new QuerySession(Some.Options() with { Database = database, CancellationToken = stop.Token, Format = "combined" }));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience));

        database.Open();
        using var next = new QuerySession(Some.Options() with { Database = database });
        Assert.Equal(["1"], next.Rows("SELECT 1"));
    }

    [Fact]
    public async Task Waits_for_the_blocks_before_end_when_they_are_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var number = Task.Run(() => new LineNumbers(linesBefore: 0).WaitFor(5, stop.Token));
        var directive = Task.Run(() => new Directives().WaitFor(5, stop.Token));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => number.WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => directive.WaitAsync(Patience));
    }

    /// <summary>Lines without an end, or, after a while, nothing more and no end either.</summary>
    sealed class EndlessStream : ForwardStream
    {
        readonly byte[] _line = Encoding.UTF8.GetBytes(Some.Combined(1));
        readonly TaskCompletionSource _isRead = new();
        readonly ManualResetEventSlim _end = new();
        long _read;

        public bool FallsSilent { get; init; }

        /// <summary>Ends when the query has had more than it needs to begin.</summary>
        public Task IsRead => _isRead.Task;

        public override int Read(Span<byte> buffer)
        {
            if (_read > 1 << 20)
            {
                _isRead.TrySetResult();
                if (FallsSilent)
                {
                    _end.Wait(Patience);
                    return 0;
                }
            }

            var whole = buffer[..(buffer.Length / _line.Length * _line.Length)];
            for (var rest = whole; !rest.IsEmpty; rest = rest[_line.Length..])
            {
                _line.CopyTo(rest);
            }

            _read += whole.Length;
            return whole.Length;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
