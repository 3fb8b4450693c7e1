using System.Runtime.ExceptionServices;

namespace Millrace.Queries.Scanning;

/// <summary>
/// Numbers the lines of one file whose blocks are parsed at the same time: each block tells how many lines it has, and a block that needs its first
/// line's number waits until all before it have told.
/// </summary>
/// <param name="linesBefore">How many lines stand before the first block.</param>
sealed class LineNumbers(long linesBefore)
{
    const int MostSpins = 40;

    readonly object _gate = new();
    readonly Dictionary<int, long> _early = [];

    // How many lines stand before each block that is known: eight bytes a MiB of log.
    readonly List<long> _starts = [];
    int _known;
    long _total = linesBefore;
    ExceptionDispatchInfo? _failure;

    /// <summary>How many lines there are up to the end of the last block that is known.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>Tells a block's number of lines. Each block tells once.</summary>
    public void Tell(int block, long lineCount)
    {
        lock (_gate)
        {
            _early.Add(block, lineCount);
            while (_early.Remove(_known, out var count))
            {
                _starts.Add(_total);
                _total += count;
                _known++;
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Tells that a block cannot be read, so that those who wait for it fail as its reader does instead of waiting for ever.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failure);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>How many lines stand before a block; null where that is not known (yet).</summary>
    public long? Before(int block)
    {
        lock (_gate)
        {
            return block < _starts.Count ? _starts[block] : block == _known ? _total : null;
        }
    }

    /// <summary>How many lines stand before a block, waiting for the blocks before it, which other workers have read already.</summary>
    public long WaitFor(int block, CancellationToken cancellationToken)
    {
        // Another worker has mostly read that block by now or is about to: being put to sleep and woken would take longer.
        var spin = default(SpinWait);
        while (block > Volatile.Read(ref _known) && spin.Count < MostSpins)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            while (block > _known)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _failure?.Throw();
                Monitor.Wait(_gate, millisecondsTimeout: 50);
            }

            return block < _starts.Count ? _starts[block] : _total;
        }
    }
}
