namespace Millrace.Generation.Output;

/// <summary>A file or object being written. Nobody sees it before <see cref="CompleteAsync"/>; disposed without that, nothing remains of it.</summary>
abstract class GeneratedFile : IAsyncDisposable
{
    /// <summary>Bytes written, before any compression.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Appends bytes. Throws a <see cref="UserException"/> where the place cannot take them, as on a full disk.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        BytesWritten += bytes.Length;
        return AppendAsync(bytes, cancellationToken);
    }

    /// <summary>Hands what was written so far to the reader, where the place has one that waits: a pipe.</summary>
    public virtual Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the file visible whole, replacing one of the same name.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    protected abstract ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
