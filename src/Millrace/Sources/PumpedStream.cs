using System.Collections.Concurrent;

namespace Millrace.Sources;

/// <summary>
/// Opens and reads a pipe on a thread of its own, a few buffers ahead: neither opening a pipe that no one writes to nor reading a silent one can be cancelled,
/// but a wait for this thread can. When the buffers are full the thread waits, and with it whoever writes to the pipe. A thread that is still blocked when the
/// stream is disposed ends with the process.
/// </summary>
sealed class PumpedStream : ForwardStream
{
    const int BufferBytes = 256 * 1024;
    const int BuffersAhead = 4;

    readonly BlockingCollection<ReadOnlyMemory<byte>> _filled = new(BuffersAhead);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource<bool> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Func<Stream> _open;
    ReadOnlyMemory<byte> _current;
    UserException? _failure;

    public PumpedStream(Func<Stream> open)
    {
        _open = open;
        new Thread(Pump) { IsBackground = true, Name = "pipe reader" }.Start();
    }

    /// <summary>Ends a wait for the pipe.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>True where the bytes come from a file after all, which can be read again. Known once it is open.</summary>
    public bool CanReopen => _opened.Task is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>Waits until the pipe is open: a named one opens when someone writes to it. Throws what opening it threw.</summary>
    public void WaitUntilOpen(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken).GetAwaiter().GetResult();

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
        Stream inner;
        try
        {
            inner = _open();
        }
        catch (Exception e)
        {
            // Whoever waits for the pipe gets it.
            _opened.SetException(e);
            return;
        }

        _opened.SetResult(inner.CanSeek);
        Pump(inner);
    }

    void Pump(Stream inner)
    {
        try
        {
            int read;
            do
            {
                var buffer = new byte[BufferBytes];
                read = inner.Read(buffer);
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
            inner.Dispose();
            _filled.CompleteAdding();
        }
    }
}
