namespace Millrace.Queries;

/// <summary>A place among the queries that run, of a <see cref="QueryGate"/>. Dispose it after the session that it was taken for.</summary>
public sealed class QueryPass : IDisposable
{
    readonly QueryGate _gate;
    bool _isLeft;

    internal QueryPass(QueryGate gate, long memoryBytes) => (_gate, MemoryBytes) = (gate, memoryBytes);

    /// <summary>What one session may take: <see cref="QueryOptions.MemoryBytes"/>.</summary>
    public long MemoryBytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isLeft, true))
        {
            _gate.Leave();
        }
    }
}
