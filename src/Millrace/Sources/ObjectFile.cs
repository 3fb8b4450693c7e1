namespace Millrace.Sources;

/// <summary>An object in a bucket, read by ranged requests.</summary>
/// <param name="store">Where the object is.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="stored">What the listing said of the object.</param>
/// <param name="readAhead">How far to read ahead; shared by all object files of a run.</param>
public sealed class ObjectFile(IObjectStore store, string bucket, StoredObject stored, ReadAhead readAhead) : LogFile
{
    /// <summary>A zstd block is up to 128 KiB, and nothing comes out before a block is whole.</summary>
    const int HeadBytes = 256 * 1024;

    /// <inheritdoc/>
    public override string Name { get; } = new ObjectAddress(bucket, stored.Key).ToString();

    /// <inheritdoc/>
    public override long? Length => stored.Size;

    /// <inheritdoc/>
    public override string? ContentTag => stored.ETag.Length > 0 ? stored.ETag : null;

    /// <inheritdoc/>
    public override LogReader Open(CancellationToken cancellationToken) => new Reader(new ObjectParts(Fetch, stored.Size, readAhead, cancellationToken));

    /// <inheritdoc/>
    public override FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken)
    {
        var fetched = (int)Math.Min(stored.Size, Math.Max(HeadBytes, buffer.Length));
        using var reader = new Reader(new ObjectParts(Fetch, fetched, new ReadAhead(HeadBytes, partsPerFile: 1), cancellationToken));
        var head = FileHead.Read(reader.OpenStream(), buffer);
        return head with { IsWhole = head.IsWhole && fetched == stored.Size };
    }

    async Task<byte[]> Fetch(long offset, int length, CancellationToken cancellationToken)
    {
        var bytes = await store.ReadAsync(bucket, stored, offset, length, cancellationToken).ConfigureAwait(false);
        return bytes.Length == length ? bytes : throw new UserException($"'{Name}' became shorter while it was read; run again.");
    }

    sealed class Reader(ObjectParts parts) : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long offset, Span<byte> buffer) => parts.ReadAt(offset, buffer);

        public override Stream OpenStream() => new PartStream(parts);

        protected override void Dispose(bool disposing) => parts.Dispose();
    }

    sealed class PartStream(ObjectParts parts) : ForwardStream
    {
        long _offset;

        public override int Read(Span<byte> buffer)
        {
            var read = parts.ReadAt(_offset, buffer);
            _offset += read;
            return read;
        }
    }
}
