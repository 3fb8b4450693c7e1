namespace Millrace.Sources;

/// <summary>Bytes that are stored as they are.</summary>
sealed class PlainBytes(Stream stored) : DecompressedStream
{
    public override CompressionKind Compression => CompressionKind.None;

    protected override int ReadNext(Span<byte> buffer, out string? problem)
    {
        problem = null;
        return stored.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
