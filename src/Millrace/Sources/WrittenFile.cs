namespace Millrace.Sources;

/// <summary>A file being written whose failures are told as the user's: what could not be written, and why.</summary>
sealed class WrittenFile : Stream
{
    const int BufferBytes = 64 * 1024;

    readonly string _name;
    readonly FileStream _file;

    /// <param name="name">What the user calls it.</param>
    /// <param name="path">Where the bytes go.</param>
    public WrittenFile(string name, string path)
    {
        _name = name;
        _file = Guard(name, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Does some work on a file and turns what the operating system refuses into a <see cref="UserException"/>.</summary>
    public static T Guard<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(name, e);
        }
    }

    /// <summary>Brings everything to the disk and closes the file.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await GuardAsync(async () =>
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
        }).ConfigureAwait(false);
        await GuardAsync(async () => await _file.DisposeAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (IOException e)
        {
            throw CannotWrite(_name, e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => GuardAsync(() => _file.WriteAsync(buffer, cancellationToken));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => Guard(_name, () =>
    {
        _file.Flush();
        return true;
    });

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close(_file);
        }

        base.Dispose(disposing);
    }

    static void Close(FileStream file)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // The last bytes did not fit, but nobody wants them any more: whoever did has been told by FinishAsync.
        }
    }

    static UserException CannotWrite(string name, Exception e) => new($"Cannot write '{name}': {FileErrors.Reason(e)}.", cause: e);

    async ValueTask GuardAsync(Func<ValueTask> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw CannotWrite(_name, e);
        }
    }
}
