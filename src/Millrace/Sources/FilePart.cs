namespace Millrace.Sources;

/// <summary>A range of a file's stored bytes, as what has been added to it since it was last read. Its head is that of the whole file, so that its format is told alike.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where the part begins: at the start of a line, or of a member where the file is compressed.</param>
/// <param name="length">How long it is.</param>
/// <param name="linesBefore">How many lines stand before it.</param>
sealed class FilePart(LogFile file, long offset, long length, long linesBefore) : LogFile
{
    /// <inheritdoc/>
    public override string Name => file.Name;

    /// <inheritdoc/>
    public override string Identity => file.Identity;

    /// <inheritdoc/>
    public override long? Length => length;

    /// <inheritdoc/>
    public override long LinesBefore => linesBefore;

    /// <inheritdoc/>
    public override string? ContentTag => file.ContentTag;

    /// <inheritdoc/>
    public override LogReader Open(CancellationToken cancellationToken) => new Reader(file.Open(cancellationToken), offset, length);

    /// <inheritdoc/>
    public override FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken) => file.ReadHead(buffer, cancellationToken);

    sealed class Reader(LogReader whole, long offset, long length) : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long at, Span<byte> buffer) =>
            at >= length ? 0 : whole.ReadAt(offset + at, buffer[..(int)Math.Min(buffer.Length, length - at)]);

        public override Stream OpenStream() => new PartStream(this);

        protected override void Dispose(bool disposing) => whole.Dispose();
    }

    sealed class PartStream(Reader reader) : ForwardStream
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
