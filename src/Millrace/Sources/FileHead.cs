namespace Millrace.Sources;

/// <summary>The beginning of a log file, by which its format is told.</summary>
/// <param name="Bytes">The first bytes, decompressed.</param>
/// <param name="Compression">How the file is stored.</param>
/// <param name="IsWhole">True where these are all of its bytes, so that the last line is a whole line too.</param>
public sealed record FileHead(byte[] Bytes, CompressionKind Compression, bool IsWhole)
{
    /// <summary>Reads as many decompressed bytes from the start of the stored bytes as a buffer holds. Where it is filled, the head is the buffer itself.</summary>
    internal static FileHead Read(Stream stored, byte[] buffer)
    {
        using var stream = Sources.Compression.Decompress(stored);
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Span<byte> next = stackalloc byte[1];
        var isWhole = read < buffer.Length || stream.Read(next) == 0;
        return new FileHead(read == buffer.Length ? buffer : buffer[..read], stream.Compression, isWhole);
    }
}
