using ZstdSharp;

namespace Millrace.Sources;

/// <summary>Inflates zstd frames one after the other.</summary>
sealed class ZstandardFrames(Stream stored) : DecompressedStream
{
    const int InputBytes = 128 * 1024;

    readonly DecompressionStream _frames = new(stored, InputBytes, checkEndOfStream: true, leaveOpen: false);

    public override CompressionKind Compression => CompressionKind.Zstandard;

    protected override int ReadNext(Span<byte> buffer, out string? problem)
    {
        problem = null;
        try
        {
            return _frames.Read(buffer);
        }
        catch (EndOfStreamException)
        {
            problem = "the zstd data ends early";
        }
        catch (ZstdException e)
        {
            problem = $"the zstd data is damaged ({e.Message.TrimEnd('.')})";
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _frames.Dispose();
        }

        base.Dispose(disposing);
    }
}
