namespace Millrace.Sources;

/// <summary>The beginning of a log file, by which its format is told.</summary>
/// <param name="Bytes">The first bytes, decompressed.</param>
/// <param name="Compression">How the file is stored.</param>
/// <param name="IsWhole">True where these are all of its bytes, so that the last line is a whole line too.</param>
public sealed record FileHead(byte[] Bytes, CompressionKind Compression, bool IsWhole)
{
    /// <summary>Reads up to <paramref name="length"/> decompressed bytes from the start of the stored bytes.</summary>
    internal static FileHead Read(Stream stored, int length)
    {
        using var stream = Sources.Compression.Decompress(stored);
        var bytes = new byte[length];
        var read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        Span<byte> next = stackalloc byte[1];
        var isWhole = read < length || stream.Read(next) == 0;
        return new FileHead(read == length ? bytes : bytes[..read], stream.Compression, isWhole);
    }
}
