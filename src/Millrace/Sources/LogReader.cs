namespace Millrace.Sources;

/// <summary>An open <see cref="LogFile"/>.</summary>
public abstract class LogReader : IDisposable
{
    /// <summary>True where <see cref="ReadAt"/> may be called, from several threads and in any order.</summary>
    public abstract bool CanReadAt { get; }

    /// <summary>Fills the buffer from an offset of the stored bytes. Returns the bytes read: fewer than asked for only at the end.</summary>
    public abstract int ReadAt(long offset, Span<byte> buffer);

    /// <summary>The stored bytes from the first to the last, for one thread. May be called once; where reading waits for a network, it reads ahead, bounded.</summary>
    public abstract Stream OpenStream();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected abstract void Dispose(bool disposing);
}
