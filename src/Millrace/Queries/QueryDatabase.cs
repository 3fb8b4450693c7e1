using Millrace.Queries.DuckDb;

namespace Millrace.Queries;

/// <summary>
/// An empty DuckDB database in memory that opens on a thread of its own. Loading DuckDB and opening a database take about 25 ms, which a command line that is
/// still to be read need not wait for.
/// </summary>
public sealed class QueryDatabase : IDisposable
{
    readonly Thread _opening;
    nint _database;
    Exception? _failure;

    QueryDatabase()
    {
        _opening = new Thread(Open) { IsBackground = true, Name = "opening DuckDB" };
        _opening.Start();
    }

    /// <summary>Begins to open a database. A failure shows in the session that uses it.</summary>
    public static QueryDatabase StartOpening() => new();

    /// <summary>Waits until the database is open, and closes it unless a session has taken it.</summary>
    public void Dispose()
    {
        _opening.Join();
        if (_database != 0)
        {
            Native.Close(ref _database);
        }
    }

    /// <summary>Waits until the database is open and hands it over: whoever takes it closes it.</summary>
    internal nint Take()
    {
        _opening.Join();
        return _failure is null ? Interlocked.Exchange(ref _database, 0) : throw new InvalidOperationException(_failure.Message, _failure);
    }

    void Open()
    {
        try
        {
            _database = OpenEmpty();
        }
        catch (Exception e)
        {
            // Nothing may leave a thread; whoever takes the database gets it.
            _failure = e;
        }
    }

    static nint OpenEmpty()
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
