namespace Millrace.Sources;

/// <summary>
/// An object's bytes in large parts that are fetched ahead of need and shared by all who read the object, so that small reads in rising
/// order from several threads cost one request per part. Holds a bounded number of parts; one that was let go is fetched again when asked for.
/// </summary>
sealed class ObjectParts : IDisposable
{
    /// <summary>Threads that share an object lag behind each other by less than a part.</summary>
    const int PartsBehind = 1;

    readonly Func<long, int, CancellationToken, Task<byte[]>> _fetch;
    readonly long _length;
    readonly ReadAhead _readAhead;
    readonly CancellationTokenSource _stop;
    readonly CancellationToken _stopped;
    readonly Lock _lock = new();
    readonly SortedList<long, Part> _parts = [];
    bool _isDisposed;

    public ObjectParts(Func<long, int, CancellationToken, Task<byte[]>> fetch, long length, ReadAhead readAhead, CancellationToken cancellationToken)
    {
        (_fetch, _length, _readAhead) = (fetch, length, readAhead);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopped = _stop.Token;
    }

    /// <summary>Fills the buffer from an offset; fewer bytes only at the object's end.</summary>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && offset + total < _length)
        {
            var (index, start) = Math.DivRem(offset + total, _readAhead.PartBytes);
            var bytes = Wait(Require(index)).AsSpan((int)start);
            var length = Math.Min(bytes.Length, buffer.Length - total);
            bytes[..length].CopyTo(buffer[total..]);
            total += length;
        }

        return total;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            while (_parts.Count > 0)
            {
                LetGo(0);
            }
        }

        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>
    /// The scan reads synchronously, on DuckDB's or its own threads, while fetching is asynchronous. Those threads run no continuations of the fetch, so the wait
    /// cannot hold up what it waits for. Cancelling ends the wait at once, also where the store takes no notice of it.
    /// </summary>
    byte[] Wait(Task<byte[]> bytes) => bytes.WaitAsync(_stopped).GetAwaiter().GetResult();

    Task<byte[]> Require(long index)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _stopped.ThrowIfCancellationRequested();
            var required = Take(index) ?? Start(index, isAhead: false);
            var last = Math.Min(index + _readAhead.PartsPerFile, (_length + _readAhead.PartBytes - 1) / _readAhead.PartBytes);
            for (var ahead = index + 1; ahead < last; ahead++)
            {
                if (!_parts.ContainsKey(ahead) && _readAhead.TryTake())
                {
                    _ = Start(ahead, isAhead: true);
                }
            }

            while (_parts.Keys[0] < index - PartsBehind)
            {
                LetGo(0);
            }

            while (_parts.Count > PartsBehind + _readAhead.PartsPerFile)
            {
                LetGo(_parts.Count - 1);
            }

            return required;
        }
    }

    Task<byte[]>? Take(long index)
    {
        if (!_parts.TryGetValue(index, out var part))
        {
            return null;
        }

        if (part.IsAhead)
        {
            _readAhead.Return();
            _parts[index] = part with { IsAhead = false };
        }

        return part.Bytes;
    }

    Task<byte[]> Start(long index, bool isAhead)
    {
        var offset = index * _readAhead.PartBytes;
        var length = (int)Math.Min(_readAhead.PartBytes, _length - offset);
        var part = new Part(Task.Run(() => _fetch(offset, length, _stopped), _stopped), isAhead);
        _parts.Add(index, part);
        return part.Bytes;
    }

    void LetGo(int position)
    {
        if (_parts.GetValueAtIndex(position).IsAhead)
        {
            _readAhead.Return();
        }

        _parts.RemoveAt(position);
    }

    /// <param name="Bytes">The part's bytes, on their way or there.</param>
    /// <param name="IsAhead">True where it takes one of the places of <see cref="ReadAhead"/>.</param>
    readonly record struct Part(Task<byte[]> Bytes, bool IsAhead);
}
