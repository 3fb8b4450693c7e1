using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Lake.Watching;

/// <summary>Tells of the objects that a test names, as often and in the order that it says.</summary>
sealed class ScriptedArrivals(IObjectStore store) : IArrivals
{
    readonly Channel<string> _keys = Channel.CreateUnbounded<string>();

    public string Name => "the script";

    public ConcurrentQueue<string> Acknowledged { get; } = new();

    public ConcurrentQueue<string> Returned { get; } = new();

    public void Tell(params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            Assert.True(_keys.Writer.TryWrite(key));
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<Arrival?> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in _keys.Reader.ReadAllAsync(cancellationToken))
        {
            yield return key == "" ? throw new UserException("The script cannot be read.") : new Arrival(key, DateTimeOffset.UnixEpoch, stop => FindAsync(key, stop)) { Receipt = key };
        }
    }

    public Task AcknowledgeAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        foreach (var arrival in arrivals)
        {
            Acknowledged.Enqueue((string)arrival.Receipt!);
        }

        return Task.CompletedTask;
    }

    public Task ReturnAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        Returned.Enqueue((string)arrival.Receipt!);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    async Task<LogFile?> FindAsync(string key, CancellationToken cancellationToken) =>
        await store.FindAsync("logs", key, cancellationToken) is { } stored ? new ObjectFile(store, "logs", stored, new ReadAhead()) : null;
}
