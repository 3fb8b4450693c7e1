namespace Millrace.Sources;

/// <summary>Tells compression by the first stored bytes, whatever the name says, and undoes it.</summary>
public static class Compression
{
    /// <summary>How many stored bytes <see cref="Detect"/> needs to see.</summary>
    public const int MagicBytes = 4;

    /// <summary>The compression of stored bytes that begin with <paramref name="head"/>.</summary>
    public static CompressionKind Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => CompressionKind.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => CompressionKind.Zstandard,

        // A skippable frame, with which some writers begin a file.
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => CompressionKind.Zstandard,
        _ => CompressionKind.None,
    };

    /// <summary>
    /// The bytes as they were before compression. Damaged or cut data never throws: reading ends where the data does, and
    /// <see cref="DecompressedStream.Problem"/> says so. Disposing the result disposes <paramref name="stored"/>.
    /// </summary>
    public static DecompressedStream Decompress(Stream stored)
    {
        var replay = new ReplayStream(stored);
        Span<byte> magic = stackalloc byte[MagicBytes];
        var kind = Detect(magic[..replay.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false)]);
        replay.Rewind();
        return kind switch
        {
            CompressionKind.Gzip => new GzipMembers(replay),
            CompressionKind.Zstandard => new ZstandardFrames(replay),
            _ => new PlainBytes(replay),
        };
    }
}
