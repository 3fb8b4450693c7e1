using Millrace.Sources;

namespace Millrace.Tests.Queries;

/// <summary>Gives the bytes of another stream as a pipe does.</summary>
sealed class NonSeekableStream(Stream inner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);
}

static class NonSeekableStreams
{
    public static Stream NonSeekable(this Stream stream) => new NonSeekableStream(stream);
}
