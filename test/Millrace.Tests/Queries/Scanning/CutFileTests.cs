using System.Text;
using Millrace.Queries;
using Millrace.Sources;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>A file that another program cuts short after its size was looked at gives the lines that are left.</summary>
public sealed class CutFileTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void What_is_left_is_read(int lines, int events)
    {
        var file = new CutFile(Encoding.UTF8.GetBytes(Some.Combined(10)), Encoding.UTF8.GetByteCount(Some.Combined(lines)));
        using var session = new QuerySession(Some.Options() with { Sources = new SourceResolver(() => Stream.Null) { Given = [file] } });

        Assert.Equal([$"{events}"], session.Rows("SELECT COUNT(*) FROM logs('given')"));
    }

    sealed class CutFile(byte[] bytes, int left) : LogFile
    {
        public override string Name => "cut.log";

        public override long? Length => bytes.Length;

        public override LogReader Open(CancellationToken cancellationToken) => new Reader(bytes.AsMemory(0, left));

        public override FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken) => new(bytes, CompressionKind.None, IsWhole: true);
    }

    sealed class Reader(ReadOnlyMemory<byte> bytes) : LogReader
    {
        public override bool CanReadAt => true;

        public override int ReadAt(long offset, Span<byte> buffer)
        {
            var rest = bytes[(int)Math.Min(offset, bytes.Length)..];
            var read = Math.Min(rest.Length, buffer.Length);
            rest.Span[..read].CopyTo(buffer);
            return read;
        }

        public override Stream OpenStream() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
