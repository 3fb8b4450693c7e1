using System.IO.Compression;

namespace Millrace.Tests.Queries;

/// <summary>The ways in which a file may be stored.</summary>
static class SomeCompression
{
    public static byte[] Gzip(byte[] bytes)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stored.ToArray();
    }

    public static byte[] Zstandard(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }
}
