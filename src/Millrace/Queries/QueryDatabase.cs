using Millrace.Queries.DuckDb;

namespace Millrace.Queries;

/// <summary>
/// An empty DuckDB database in memory. Loading DuckDB and opening a database take 40 ms, for which a command line that is still to be read need not wait: one thread opens it, another takes it.
/// </summary>
public sealed class QueryDatabase : IDisposable
{
    readonly TaskCompletionSource<nint> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _isTaken;

    /// <summary>Opens it. A failure shows in the session that takes it.</summary>
    public void Open()
    {
        try
        {
            _opened.SetResult(OpenEmpty());
        }
        catch (Exception e)
        {
            _opened.SetException(e);
        }
    }

    /// <summary>True once nobody has to wait for it.</summary>
    internal bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Closes it unless a session has taken it. Whoever opened it has ended.</summary>
    public void Dispose()
    {
        if (!_isTaken && _opened.Task is { IsCompletedSuccessfully: true, Result: var database })
        {
            Native.Close(ref database);
        }
    }

    /// <summary>Waits until it is open and hands it over to whoever asks first, who closes it; null for all others.</summary>
    internal nint? Take(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isTaken, true))
        {
            return null;
        }

        try
        {
            return _opened.Task.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // It is still to be closed, or to be taken by another session.
            Volatile.Write(ref _isTaken, false);
            throw;
        }
    }

    /// <summary>Opens one at once.</summary>
    internal static nint OpenEmpty()
    {
        Native.CreateConfig(out var config);
        try
        {
            Native.SetConfig(config, "preserve_insertion_order", "false");
            Native.SetConfig(config, "temp_directory", Path.Join(Path.GetTempPath(), $"millrace-{Environment.ProcessId}-{Guid.NewGuid():N}"));
            Native.SetConfig(config, "autoinstall_known_extensions", "false");
            Native.SetConfig(config, "autoload_known_extensions", "false");
            return Native.OpenExt(null, out var database, config, out var error) == Native.Success ? database : throw new InvalidOperationException(Native.TakeText(error));
        }
        finally
        {
            Native.DestroyConfig(ref config);
        }
    }
}
