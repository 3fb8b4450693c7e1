using System.Collections.Concurrent;

namespace Millrace.Sources;

/// <summary>
/// Reads a pipe on a thread of its own, a few buffers ahead, since a read of a silent pipe cannot be cancelled but a wait for this thread can.
/// When the buffers are full the thread waits, and with it whoever writes to the pipe. A read that is still blocked when the stream is
/// disposed ends with the process.
/// </summary>
sealed class PumpedStream : ForwardStream
{
    const int BufferBytes = 256 * 1024;
    const int BuffersAhead = 4;

    readonly BlockingCollection<ReadOnlyMemory<byte>> _filled = new(BuffersAhead);
    readonly CancellationTokenSource _stop = new();
    readonly Stream _inner;
    ReadOnlyMemory<byte> _current;
    UserException? _failure;

    public PumpedStream(Stream inner)
    {
        _inner = inner;
        CanReopen = inner.CanSeek;
        new Thread(Pump) { IsBackground = true, Name = "pipe reader" }.Start();
    }

    /// <summary>Ends a wait for the pipe.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>True where the bytes come from a file, so that they can be had again.</summary>
    public bool CanReopen { get; }

    public override int Read(Span<byte> buffer)
    {
        if (_current.IsEmpty && !_filled.TryTake(out _current, Timeout.Infinite, CancellationToken))
        {
            return _failure is null ? 0 : throw _failure;
        }

        var length = Math.Min(buffer.Length, _current.Length);
        _current.Span[..length].CopyTo(buffer);
        _current = _current[length..];
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
        }

        base.Dispose(disposing);
    }

    void Pump()
    {
        try
        {
            int read;
            do
            {
                var buffer = new byte[BufferBytes];
                read = _inner.Read(buffer);
                if (read > 0)
                {
                    _filled.Add(buffer.AsMemory(0, read), _stop.Token);
                }
            }
            while (read > 0);
        }
        catch (OperationCanceledException)
        {
            // Disposed before the end: nobody reads on.
        }
        catch (IOException e)
        {
            _failure = new UserException($"Cannot read on from the pipe: {FileErrors.Reason(e)}.", cause: e);
        }
        finally
        {
            _inner.Dispose();
            _filled.CompleteAdding();
        }
    }
}
