namespace Millrace.Queries.Scanning;

/// <summary>The buffer of one worker. Grows up to what the longest line needs and is used again from block to block.</summary>
/// <param name="blockSize">The size of a block that needs no reading on.</param>
sealed class BlockBuffer(int blockSize)
{
    byte[] _bytes = GC.AllocateUninitializedArray<byte>(blockSize + FileBlocks.PeekOf(blockSize) + FileBlocks.ExtensionOf(blockSize) + 1);

    /// <summary>All of the buffer.</summary>
    public Span<byte> Bytes => _bytes;

    /// <summary>The buffer from an offset on, at least <paramref name="length"/> bytes; what stands before the offset is kept.</summary>
    public Span<byte> Reserve(int offset, int length)
    {
        if (_bytes.Length < offset + length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(offset + length, Math.Min(_bytes.Length * 2, FileBlocks.LongestLine * 2)));
            _bytes.AsSpan(0, offset).CopyTo(larger);
            _bytes = larger;
        }

        return _bytes.AsSpan(offset, length);
    }
}
