using System.Globalization;

namespace Millrace.Sources;

/// <summary>The bytes of a log file after decompression.</summary>
public abstract class DecompressedStream : ForwardStream
{
    /// <summary>How the stored bytes are compressed.</summary>
    public abstract CompressionKind Compression { get; }

    /// <summary>
    /// Why the stored bytes could not be read to their end, such as <c>the gzip data ends early, after 12,345 bytes</c>; null where all is well.
    /// Final once reading has returned 0. What was read before stays good.
    /// </summary>
    public string? Problem { get; private set; }

    /// <summary>How many bytes have come out so far.</summary>
    protected long BytesRead { get; private set; }

    /// <inheritdoc/>
    public sealed override int Read(Span<byte> buffer)
    {
        if (Problem is not null || buffer.IsEmpty)
        {
            return 0;
        }

        var read = ReadNext(buffer, out var problem);
        BytesRead += read;
        Problem = problem is null ? null : string.Create(CultureInfo.InvariantCulture, $"{problem}, after {BytesRead:N0} bytes");
        return read;
    }

    /// <summary>Reads on; 0 at the end. A problem ends the data with the bytes of this call.</summary>
    protected abstract int ReadNext(Span<byte> buffer, out string? problem);
}
