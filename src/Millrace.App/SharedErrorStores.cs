using System.Collections.Concurrent;
using Millrace.Errors.Store;

namespace Millrace.App;

/// <summary>
/// The error stores of a process, each opened once and lent to one run at a time: a store serves one thread. One that could not be opened is tried again.
/// </summary>
sealed class SharedErrorStores : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, Shared> _stores = new(StringComparer.Ordinal);

    /// <summary>Lends a store, once nobody else has it.</summary>
    public async Task<BorrowedErrorStore> BorrowAsync(string name, bool creates, CancellationToken cancellationToken)
    {
        var shared = _stores.GetOrAdd(name, static _ => new Shared());
        await shared.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            shared.Store ??= await ErrorStores.OpenAsync(name, creates, cancellationToken).ConfigureAwait(false);
            return new BorrowedErrorStore(shared.Store, shared.Turn);
        }
        catch
        {
            shared.Turn.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shared in _stores.Values)
        {
            if (shared.Store is { } store)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            shared.Turn.Dispose();
        }
    }

    sealed class Shared
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public IErrorStore? Store { get; set; }
    }
}
