using Microsoft.Win32.SafeHandles;

namespace Millrace.Sources;

/// <summary>A file on a local disk. Its length is the one at the time that it was found.</summary>
sealed class LocalFile : LogFile
{
    readonly string _path;
    readonly string _name;
    readonly long _length;

    /// <summary>Looks at the file's size; a <see cref="UserException"/> where it is gone.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="name">Its path as the user would write it, where that does not lead to it from the working directory of the process.</param>
    public LocalFile(string path, string? name = null)
    {
        try
        {
            (_path, _name, _length) = (path, name ?? path, LengthOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(name ?? path, e);
        }
    }

    /// <inheritdoc/>
    public override string Name => _name;

    /// <inheritdoc/>
    public override string Identity => Path.GetFullPath(_path);

    /// <inheritdoc/>
    public override long? Length => _length;

    /// <inheritdoc/>
    public override LogReader Open(CancellationToken cancellationToken)
    {
        try
        {
            // Opening a pipe or a socket that lies in a folder would wait for its other end.
            return _length == 0 ? new EmptyReader() : new Reader(File.OpenHandle(_path), _name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(_name, e);
        }
    }

    /// <summary>Follows links, which the runtime's own length does not; what a link to a pipe leads to has no name and no length.</summary>
    internal static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        var final = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        return final == file || final.Exists ? final.Length : 0;
    }

    static UserException CannotOpen(string name, Exception e) => new($"Cannot open '{name}': {FileErrors.Reason(e)}.", cause: e);

    sealed class EmptyReader : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long offset, Span<byte> buffer) => 0;

        public override Stream OpenStream() => Stream.Null;

        protected override void Dispose(bool disposing)
        {
        }
    }

    sealed class Reader(SafeFileHandle handle, string name) : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long offset, Span<byte> buffer)
        {
            var total = 0;
            int read;
            while (total < buffer.Length && (read = ReadSome(offset + total, buffer[total..])) > 0)
            {
                total += read;
            }

            return total;
        }

        public override Stream OpenStream() => new SequentialStream(this);

        protected override void Dispose(bool disposing) => handle.Dispose();

        int ReadSome(long offset, Span<byte> buffer)
        {
            try
            {
                return RandomAccess.Read(handle, buffer, offset);
            }
            catch (IOException e)
            {
                throw new UserException($"Cannot read on in '{name}': {FileErrors.Reason(e)}.", cause: e);
            }
        }

        sealed class SequentialStream(Reader reader) : ForwardStream
        {
            long _offset;

            public override int Read(Span<byte> buffer)
            {
                var read = reader.ReadSome(_offset, buffer);
                _offset += read;
                return read;
            }
        }
    }
}
