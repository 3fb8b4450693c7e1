using Millrace.Parsing;
using Millrace.Sources;

namespace Millrace.Queries.Scanning;

/// <summary>
/// The blocks of one file. Plain files are read by several workers at once, each at its own offset; compressed ones and pipes are read by one worker at a
/// time, who leaves the next block to another while it parses, so that decompression and parsing overlap.
/// </summary>
abstract partial class FileBlocks : IDisposable
{
    /// <summary>The size of a block, in bytes.</summary>
    public const int BlockSize = 1 << 20;

    /// <summary>The longest line, or event of several lines, in bytes; a longer one is a reject.</summary>
    public const int LongestLine = 16 << 20;

    const int LongestExtension = 1 << 14;

    readonly LogReader _reader;
    readonly int _blockSize;
    readonly int _extension;

    FileBlocks(LogReader reader, int blockSize)
    {
        _reader = reader;
        _blockSize = blockSize;
        _extension = ExtensionOf(blockSize);
    }

    /// <summary>True once the last block has been taken.</summary>
    public abstract bool IsExhausted { get; }

    /// <summary>What was wrong with the compressed data, in a sentence; null where nothing was.</summary>
    public virtual string? Problem => null;

    /// <summary>How far a block reads on at a time to end its last line.</summary>
    public static int ExtensionOf(int blockSize) => Math.Min(blockSize, LongestExtension);

    /// <summary>How much behind a block is read with it.</summary>
    public static int PeekOf(int blockSize) => ExtensionOf(blockSize) / 4;

    /// <summary>Blocks of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="blockSize">The size of a block.</param>
    /// <param name="cancellationToken">Ends a wait for a network or a pipe.</param>
    public static FileBlocks Open(LogFile file, int blockSize, CancellationToken cancellationToken)
    {
        var reader = file.Open(cancellationToken);
        try
        {
            Span<byte> head = stackalloc byte[Compression.MagicBytes];
            return reader.CanReadAt && Compression.Detect(head[..reader.ReadAt(0, head)]) == CompressionKind.None
                ? new Plain(reader, file.Length ?? throw new InvalidOperationException("A file that can be read anywhere has a length."), blockSize)
                : new Streamed(reader, blockSize);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the next block into the worker's buffer.
    /// </summary>
    /// <param name="buffer">The worker's buffer; its content is replaced.</param>
    /// <param name="joiner">Says where events begin, where an event may have several lines; null where every line is one.</param>
    /// <param name="mayWait">False to give up at once where another worker is reading.</param>
    /// <param name="block">The block, possibly without a line.</param>
    /// <param name="storedBytes">How many bytes of the stored file were read for it.</param>
    /// <returns>False where there is no further block, or another worker is reading and this one does not wait.</returns>
    public abstract bool TryTake(BlockBuffer buffer, LineParser? joiner, bool mayWait, out LineBlock block, out long storedBytes);

    /// <inheritdoc/>
    public virtual void Dispose() => _reader.Dispose();
}
