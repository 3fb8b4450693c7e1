using System.Globalization;
using Millrace.Queries.DuckDb;
using Millrace.Queries.Scanning;
using static Millrace.Queries.DuckDb.Native;

namespace Millrace.Queries;

/// <summary>
/// A DuckDB database in memory that knows <c>logs()</c>, <c>rejects()</c> and <c>in_network()</c>. One query at a time; <see cref="Cancel"/> may be called
/// from any thread.
/// </summary>
public sealed class QuerySession : IDisposable
{
    static readonly TimeSpan InterruptEvery = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource _stop;
    readonly Lock _interrupting = new();
    readonly LogTablePlanner _planner;
    readonly CancellationTokenRegistration _interrupt;
    Timer? _again;
    nint _database;
    nint _connection;
    Exception? _failure;

    /// <summary>Opens a database.</summary>
    public QuerySession(QueryOptions options)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        Options = options with { CancellationToken = _stop.Token, Threads = options.ThreadCount };
        _planner = new LogTablePlanner(Options, Totals);
        try
        {
            Open();
        }
        catch
        {
            Dispose();
            throw;
        }

        _interrupt = _stop.Token.Register(KeepInterrupting);
    }

    /// <summary>What holds for every query.</summary>
    public QueryOptions Options { get; }

    /// <summary>What the scans of this session have met.</summary>
    public ScanTotals Totals { get; } = new();

    /// <summary>Runs every statement of a text and gives the rows of the last one, as they come.</summary>
    /// <exception cref="UserException">The SQL is wrong, a source cannot be read, or a value does not fit.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Cancel"/> was called.</exception>
    public QueryResult Execute(string sql)
    {
        _stop.Token.ThrowIfCancellationRequested();
        _failure = null;
        var count = ExtractStatements(_connection, sql, out var statements);
        try
        {
            if (count == 0)
            {
                throw Failure(ErrorOf(statements) is { Length: > 0 } error ? error : "The query is empty: there is no statement in it.");
            }

            for (ulong i = 0; i + 1 < count; i++)
            {
                using var skipped = Run(statements, i);
                skipped.Drain();
            }

            return Run(statements, count - 1);
        }
        finally
        {
            DestroyExtracted(ref statements);
        }
    }

    /// <summary>Gives queries so much memory, beyond which they use files. It stays the process's until the session ends, since getting it anew for every block is a fifth of what sorting costs.</summary>
    public void LimitMemory(long bytes)
    {
        var size = SizeText(bytes);
        using var limited = Execute($"SET memory_limit = '{size}'; SET block_allocator_memory = '{size}'");
        limited.Drain();
        LargePages.Ask();
    }

    /// <summary>Stops the running query; it then throws an <see cref="OperationCanceledException"/>.</summary>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _again?.Dispose();
        lock (_interrupting)
        {
            Disconnect(ref _connection);
        }

        Close(ref _database);
        _stop.Dispose();
    }

    /// <summary>The exception for what DuckDB says: the one that a callback met, if one did.</summary>
    internal Exception Failure(string message)
    {
        if (_stop.IsCancellationRequested)
        {
            return new OperationCanceledException(_stop.Token);
        }

        return _failure switch
        {
            UserException user => user,
            OperationCanceledException cancelled => cancelled,
            { } bug => new InvalidOperationException(bug.Message, bug),
            null => new UserException(Options.Explain(SqlErrors.Explain(message))),
        };
    }

    static unsafe string ErrorOf(nint statements) => Text(ExtractStatementsError(statements));

    static unsafe string TakeError(NativeResult result)
    {
        var error = Text(ResultError(ref result));
        DestroyResult(ref result);
        return error;
    }

    unsafe QueryResult Run(nint statements, ulong index)
    {
        if (PrepareExtractedStatement(_connection, statements, index, out var statement) != Success)
        {
            var message = Text(PrepareError(statement));
            DestroyPrepare(ref statement);
            throw Failure(message);
        }

        var pending = default(nint);
        try
        {
            if (PendingPreparedStreaming(statement, out pending) != Success)
            {
                throw Failure(Text(PendingError(pending)));
            }

            return ExecutePending(pending, out var result) == Success ? new QueryResult(this, statement, result) : throw Failure(TakeError(result));
        }
        catch
        {
            DestroyPrepare(ref statement);
            throw;
        }
        finally
        {
            DestroyPending(ref pending);
        }
    }

    void Open()
    {
        if (Options.Database is { } opening)
        {
            _planner.WarmUp(() => opening.IsOpen);
        }

        _database = Options.Database?.Take(_stop.Token) ?? QueryDatabase.OpenEmpty();
        if (Connect(_database, out _connection) != Success)
        {
            throw new InvalidOperationException("DuckDB does not let a connection be opened.");
        }

        if (Options.Threads != Environment.ProcessorCount)
        {
            Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Options.Threads}")).Dispose();
        }

        if (Options.IsOrdered)
        {
            Execute("SET preserve_insertion_order = true").Dispose();
        }

        if (Options.MemoryBytes is { } bytes)
        {
            Execute($"SET memory_limit = '{SizeText(bytes)}'").Dispose();
        }

        new LogsFunction(_planner, ScanKind.Events, Options.Threads, Options.TextNumbers, Fail).Register(_connection);
        new LogsFunction(_planner, ScanKind.Rejects, Options.Threads, numbers: null, Fail).Register(_connection);
        NetworkFunction.Register(_connection);
        if (Options.TextNumbers is { } numbers)
        {
            TextNumberFunctions.Register(_connection, numbers);
        }
    }

    static string SizeText(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}MiB");

    /// <summary>An interrupt that comes just before a query begins is lost on it, so that it is repeated until the session ends.</summary>
    void KeepInterrupting()
    {
        InterruptQuery();
        _again = new Timer(_ => InterruptQuery(), null, InterruptEvery, InterruptEvery);
    }

    void InterruptQuery()
    {
        lock (_interrupting)
        {
            if (_connection != 0)
            {
                Interrupt(_connection);
            }
        }
    }

    void Fail(Exception e) => Interlocked.CompareExchange(ref _failure, e, null);
}
