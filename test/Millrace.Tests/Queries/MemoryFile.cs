using Millrace.Sources;

namespace Millrace.Tests.Queries;

/// <summary>A file that is nowhere but in memory.</summary>
sealed class MemoryFile(string name, byte[] bytes) : LogFile
{
    /// <summary>False for a file that is read from front to back only, as a pipe is.</summary>
    public bool CanReadAt { get; init; } = true;

    /// <summary>Called before bytes from an offset on are read; may throw or wait.</summary>
    public Action<long, CancellationToken> BeforeRead { get; init; } = (_, _) => { };

    public override string Name => name;

    public override long? Length => bytes.Length;

    public override LogReader Open(CancellationToken cancellationToken) => new Reader(this, bytes, cancellationToken);

    sealed class Reader(MemoryFile file, byte[] bytes, CancellationToken cancellationToken) : LogReader
    {
        public override bool CanReadAt => file.CanReadAt;

        public override int ReadAt(long offset, Span<byte> buffer)
        {
            file.BeforeRead(offset, cancellationToken);
            var rest = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
            var length = Math.Min(rest.Length, buffer.Length);
            rest[..length].CopyTo(buffer);
            return length;
        }

        public override Stream OpenStream() => new Front(this);

        protected override void Dispose(bool disposing)
        {
        }

        sealed class Front(Reader reader) : ForwardStream
        {
            long _offset;

            public override int Read(Span<byte> buffer)
            {
                var read = reader.ReadAt(_offset, buffer);
                _offset += read;
                return read;
            }
        }
    }
}
