using System.Buffers.Binary;
using System.Security.Cryptography;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>Hashes of a file's beginning and of what stands before a point, by which a file that goes on is told from another one.</summary>
static class Fingerprint
{
    /// <summary>How much of the beginning counts.</summary>
    public const int HeadLength = 4096;

    const int TailLength = 1024;

    /// <summary>The hash of the first bytes.</summary>
    public static string Head(LogReader reader, int length)
    {
        var head = new byte[length];
        return Head(head.AsSpan(0, reader.ReadAt(0, head)));
    }

    /// <summary>The hash of bytes that are the first ones.</summary>
    public static string Head(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];

    /// <summary>The hash of the last bytes before an offset, as a number that is not negative.</summary>
    public static long Tail(LogReader reader, long end)
    {
        var tail = new byte[(int)Math.Min(TailLength, end)];
        return Tail(tail.AsSpan(0, reader.ReadAt(end - tail.Length, tail)));
    }

    /// <summary>The hash of the last bytes of a stream before an offset. What follows the offset is counted, so that the stream is at its end afterwards.</summary>
    public static (long Tail, long End, long Length) Tails(Stream stream, long offset)
    {
        var last = new byte[TailLength];
        var kept = 0;
        long at = 0;
        long? tail = offset == 0 ? Tail([]) : null;
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer.AsSpan(0, at < offset ? (int)Math.Min(buffer.Length, offset - at) : buffer.Length))) > 0)
        {
            Keep(buffer.AsSpan(0, read), last, ref kept);
            at += read;
            if (at == offset)
            {
                tail = Tail(last.AsSpan(0, kept));
            }
        }

        return (tail ?? -1, Tail(last.AsSpan(0, kept)), at);
    }

    static void Keep(ReadOnlySpan<byte> bytes, byte[] last, ref int kept)
    {
        if (bytes.Length >= last.Length)
        {
            bytes[^last.Length..].CopyTo(last);
            kept = last.Length;
            return;
        }

        var stays = Math.Min(kept, last.Length - bytes.Length);
        last.AsSpan(kept - stays, stays).CopyTo(last);
        bytes.CopyTo(last.AsSpan(stays));
        kept = stays + bytes.Length;
    }

    static long Tail(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes)) & long.MaxValue;
}
