using Millrace.Errors.Store;

namespace Millrace.App;

/// <summary>An error store that is the holder's alone until this is disposed of.</summary>
public sealed class BorrowedErrorStore : IDisposable
{
    readonly SemaphoreSlim _turn;
    bool _isGivenBack;

    internal BorrowedErrorStore(IErrorStore store, SemaphoreSlim turn) => (Store, _turn) = (store, turn);

    /// <summary>The store.</summary>
    public IErrorStore Store { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isGivenBack, true))
        {
            _turn.Release();
        }
    }
}
