using Millrace.Sources;

namespace Millrace.Tests.Sources.Inflation;

/// <summary>Bytes that come some at a time, whatever is asked for.</summary>
sealed class ChunkedStream(byte[] bytes, int chunk) : ForwardStream
{
    int _at;

    public override int Read(Span<byte> buffer)
    {
        var length = Math.Min(Math.Min(chunk, buffer.Length), bytes.Length - _at);
        bytes.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
