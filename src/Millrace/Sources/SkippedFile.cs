namespace Millrace.Sources;

/// <summary>What is left of a compressed file behind bytes that are known already, counted after decompression. It is read from front to back.</summary>
/// <param name="file">The file.</param>
/// <param name="skipped">How many decompressed bytes to pass over.</param>
/// <param name="length">How many there are behind them.</param>
/// <param name="linesBefore">How many lines stand before them.</param>
sealed class SkippedFile(LogFile file, long skipped, long length, long linesBefore) : LogFile
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
    public override LogReader Open(CancellationToken cancellationToken) => new Reader(file.Open(cancellationToken), skipped);

    /// <inheritdoc/>
    public override FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken) => file.ReadHead(buffer, cancellationToken);

    sealed class Reader(LogReader whole, long skipped) : LogReader
    {
        public override bool CanReadAt => false;

        public override int ReadAt(long offset, Span<byte> buffer) => throw new NotSupportedException();

        public override Stream OpenStream()
        {
            var stream = Compression.Decompress(whole.OpenStream());
            var buffer = new byte[1 << 16];
            for (var left = skipped; left > 0;)
            {
                var read = stream.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)));
                if (read == 0)
                {
                    break;
                }

                left -= read;
            }

            return stream;
        }

        protected override void Dispose(bool disposing) => whole.Dispose();
    }
}
