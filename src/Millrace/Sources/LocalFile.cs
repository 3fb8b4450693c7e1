using Microsoft.Win32.SafeHandles;

namespace Millrace.Sources;

/// <summary>A file on a local disk.</summary>
/// <param name="path">Its path, as the user would write it.</param>
public sealed class LocalFile(string path) : LogFile
{
    readonly long _length = new FileInfo(path).Length;

    /// <inheritdoc/>
    public override string Name => path;

    /// <inheritdoc/>
    public override long? Length => _length;

    /// <inheritdoc/>
    public override LogReader Open(CancellationToken cancellationToken)
    {
        try
        {
            return new Reader(System.IO.File.OpenHandle(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot open '{path}': {e.Message}", cause: e);
        }
    }

    sealed class Reader(SafeFileHandle handle) : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long offset, Span<byte> buffer)
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }

        public override Stream OpenStream() => new FileStream(handle, FileAccess.Read, bufferSize: 0);

        protected override void Dispose(bool disposing) => handle.Dispose();
    }
}
