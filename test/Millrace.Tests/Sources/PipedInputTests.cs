using System.IO.Pipelines;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

public class PipedInputTests
{
    [Fact]
    public void The_head_is_read_again_with_the_rest()
    {
        var text = new byte[900_000];
        new Random(2).NextBytes(text);
        var opened = 0;
        var input = new PipedInput("-", () =>
        {
            opened++;
            return new BufferedStream(new NotSeekable(CompressionTests.Gzip(text)));
        });

        Assert.Equal(text[..65_536], input.ReadHead(65_536, default).Bytes);
        Assert.Equal(text[..100], input.ReadHead(100, default).Bytes);
        Assert.Equal(text[..200_000], input.ReadHead(200_000, default).Bytes);
        using var reader = input.Open(default);
        using var stream = Compression.Decompress(reader.OpenStream());
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);

        Assert.Equal(text, bytes.ToArray());
        Assert.False(reader.CanReadAt);
        Assert.Null(input.Length);
        Assert.Equal(1, opened);
    }

    [Fact]
    public void Standard_input_can_be_opened_once()
    {
        var input = new PipedInput("-", () => new NotSeekable([1]));
        input.Open(default).Dispose();

        Assert.Equal("Standard input ('-') can be read once per query; write it to a file to read it again.", Assert.Throws<UserException>(() => input.Open(default)).Message);
        Assert.Throws<UserException>(() => input.ReadHead(1, default));
    }

    [Fact]
    public void A_file_behind_the_name_can_be_opened_again()
    {
        var input = new PipedInput("x", () => new MemoryStream([7]));
        using (var first = input.Open(default))
        {
            Assert.Equal(7, first.OpenStream().ReadByte());
        }

        using var second = input.Open(default);

        Assert.Equal(7, second.OpenStream().ReadByte());
    }

    [Fact]
    public async Task A_wait_for_a_silent_pipe_ends_when_it_is_cancelled()
    {
        var pipe = new Pipe();
        using var cancel = new CancellationTokenSource();
        var input = new PipedInput("-", () => pipe.Reader.AsStream());
        using var reader = input.Open(cancel.Token);
        var read = Task.Run(() => reader.OpenStream().ReadByte());

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(10)));
        await pipe.Writer.CompleteAsync();
    }

    [Fact]
    public async Task A_wait_for_someone_who_opens_the_other_end_is_over_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var opened = new ManualResetEventSlim();
        var input = new PipedInput("p", () =>
        {
            opened.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
            return new NotSeekable([7]);
        });
        var head = Task.Run(() => input.ReadHead(10, cancel.Token));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.WaitAsync(TimeSpan.FromSeconds(10)));

        opened.Set();
        using var reader = input.Open(default);
        Assert.Equal(7, reader.OpenStream().ReadByte());
    }

    [Fact]
    public void A_pipe_that_could_not_be_opened_is_tried_again()
    {
        var isThere = false;
        var input = new PipedInput("p", () => isThere ? new NotSeekable([7]) : throw new FileNotFoundException());

        Assert.Equal("Cannot open 'p': there is no such file.", Assert.Throws<UserException>(() => input.Open(default)).Message);
        isThere = true;
        using var reader = input.Open(default);

        Assert.Equal(7, reader.OpenStream().ReadByte());
    }

    [Fact]
    public void A_pipe_that_breaks_is_told()
    {
        var input = new PipedInput("-", () => new Broken());
        using var reader = input.Open(default);
        var stream = reader.OpenStream();

        Assert.Equal("Cannot read on from the pipe: the other end is gone.", Assert.Throws<UserException>(() => stream.ReadByte()).Message);
    }

    sealed class NotSeekable(byte[] bytes) : ForwardStream
    {
        readonly MemoryStream _bytes = new(bytes);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer[..Math.Min(buffer.Length, 1000)]);
    }

    sealed class Broken : ForwardStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the other end is gone");
    }
}
