using Millrace.Sources;

namespace Millrace.Tests.Sources;

public class ObjectFileTests
{
    const int PartBytes = 1000;

    readonly MemoryObjectStore _store = new();

    [Fact]
    public async Task Small_reads_from_several_threads_share_the_requests()
    {
        var bytes = Some(25_500);
        using var reader = Open(bytes);
        var read = new byte[bytes.Length];

        // As in a scan, no thread lags behind the others by a part: each round they read neighbouring blocks.
        const int Readers = 4;
        using var round = new Barrier(Readers);
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(first => Task.Factory.StartNew(
            () =>
            {
                for (var block = first; block < 256; block += Readers)
                {
                    if (block * 100 < bytes.Length)
                    {
                        Assert.Equal(100, reader.ReadAt(block * 100, read.AsSpan(block * 100, 100)));
                    }

                    round.SignalAndWait(TimeSpan.FromSeconds(10));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Task.WhenAll(readers);

        Assert.Equal(bytes, read);
        Assert.Equal(Enumerable.Range(0, 26).Select(part => (part * 1000L, part < 25 ? 1000 : 500)), _store.Reads.Order());
    }

    [Fact]
    public void Reads_may_cross_parts_and_the_end()
    {
        var bytes = Some(2500);
        using var reader = Open(bytes);
        var buffer = new byte[3000];

        Assert.Equal(1700, reader.ReadAt(800, buffer));
        Assert.Equal(bytes[800..], buffer[..1700]);
        Assert.Equal(0, reader.ReadAt(2500, buffer));
        Assert.Equal(2500, reader.ReadAt(0, buffer));
    }

    [Fact]
    public void Any_order_of_reads_gives_the_same_bytes()
    {
        var bytes = Some(20_000);
        using var reader = Open(bytes);
        var random = new Random(3);
        var buffer = new byte[1500];
        for (var i = 0; i < 200; i++)
        {
            var offset = random.Next(bytes.Length);

            var read = reader.ReadAt(offset, buffer);

            Assert.Equal(bytes.Skip(offset).Take(1500), buffer.Take(read));
        }
    }

    [Fact]
    public void A_stream_reads_ahead_but_not_without_end()
    {
        var bytes = Some(20_000);
        using var started = new CountdownEvent(4);
        _store.BeforeRequest = (_, _, _) =>
        {
            if (!started.IsSet)
            {
                started.Signal();
            }

            return Task.CompletedTask;
        };
        using var reader = Open(bytes);
        var stream = reader.OpenStream();
        var buffer = new byte[10];

        stream.ReadExactly(buffer);

        Assert.True(started.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(4, _store.Reads.Count);
        var rest = new MemoryStream();
        stream.CopyTo(rest);
        Assert.Equal(bytes[10..], rest.ToArray());
        Assert.Equal(20, _store.Reads.Count);
    }

    [Fact]
    public void All_files_together_stay_within_the_limit_and_none_starves()
    {
        var bytes = Some(5000);
        _store.With("b", "k", bytes);
        var readAhead = new ReadAhead(PartBytes, partsPerFile: 4, partsInAll: 3);
        using var first = new ObjectFile(_store, "b", new StoredObject("k", bytes.Length, default, ""), readAhead).Open(default);
        using var second = new ObjectFile(_store, "b", new StoredObject("k", bytes.Length, default, ""), readAhead).Open(default);

        first.ReadAt(0, new byte[1]);
        second.ReadAt(0, new byte[1]);
        var rest = new MemoryStream();
        second.OpenStream().CopyTo(rest);

        Assert.Equal(bytes, rest.ToArray());
        first.Dispose();
        Assert.True(readAhead.TryTake() && readAhead.TryTake() && readAhead.TryTake());
        Assert.False(readAhead.TryTake());
    }

    [Fact]
    public void A_failure_reaches_the_reader()
    {
        _store.BeforeRequest = (_, _, _) => throw new UserException("There is no bucket 'b'.");
        using var reader = Open(Some(2500));

        Assert.Equal("There is no bucket 'b'.", Assert.Throws<UserException>(() => reader.ReadAt(0, new byte[1])).Message);
        Assert.Throws<UserException>(() => reader.OpenStream().ReadByte());
    }

    [Fact]
    public void An_object_that_became_shorter_is_told()
    {
        _store.With("b", "k", Some(500));
        using var reader = new ObjectFile(_store, "b", new StoredObject("k", 900, default, ""), new ReadAhead(PartBytes)).Open(default);

        Assert.Equal("'s3://b/k' became shorter while it was read; run again.", Assert.Throws<UserException>(() => reader.ReadAt(0, new byte[1])).Message);
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        _store.BeforeRequest = (_, _, token) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        using var reader = Open(Some(2500), cancel.Token);
        var read = Task.Run(() => reader.ReadAt(0, new byte[1]));

        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_head_costs_one_small_request()
    {
        var bytes = Some(1_000_000);
        _store.With("b", "k", bytes);
        var file = new ObjectFile(_store, "b", new StoredObject("k", bytes.Length, default, ""), new ReadAhead());

        var head = file.ReadHead(65_536, default);

        Assert.Equal(bytes[..65_536], head.Bytes);
        Assert.False(head.IsWhole);
        Assert.Equal([(0L, 256 * 1024)], _store.Reads);
    }

    [Fact]
    public void A_compressed_object_is_read_to_its_end()
    {
        var text = Some(300_000);
        using var reader = Open(CompressionTests.Gzip(text));
        using var stream = Compression.Decompress(reader.OpenStream());
        var bytes = new MemoryStream();

        stream.CopyTo(bytes);

        Assert.Equal(text, bytes.ToArray());
        Assert.Null(stream.Problem);
    }

    [Fact]
    public void An_empty_object_needs_no_request()
    {
        using var reader = Open([]);

        Assert.Equal(0, reader.ReadAt(0, new byte[10]));
        Assert.Equal(-1, reader.OpenStream().ReadByte());
        Assert.Empty(_store.Reads);
    }

    LogReader Open(byte[] bytes, CancellationToken cancellationToken = default)
    {
        _store.With("b", "k", bytes);
        return new ObjectFile(_store, "b", new StoredObject("k", bytes.Length, default, ""), new ReadAhead(PartBytes)).Open(cancellationToken);
    }

    static byte[] Some(int length)
    {
        var bytes = new byte[length];
        new Random(5).NextBytes(bytes);
        return bytes;
    }
}
