using System.Runtime.ExceptionServices;

namespace Millrace.Queries.Scanning;

/// <summary>
/// The directives of one file whose blocks are parsed at the same time: each block tells the last directive in it, and a block is parsed once all before it
/// have told.
/// </summary>
sealed class Directives
{
    readonly object _gate = new();
    readonly Dictionary<int, byte[]?> _early = [];

    // What is in force at the start of each block that is known: a reference a MiB of log.
    readonly List<byte[]?> _starts = [null];
    ExceptionDispatchInfo? _failure;

    /// <summary>The last line of whole lines that begins with a prefix, without its line break; null where none does.</summary>
    public static byte[]? FindLast(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> prefix)
    {
        var end = lines.Length;
        while (lines[..end].LastIndexOf(prefix) is var start and >= 0)
        {
            if (start == 0 || lines[start - 1] == '\n')
            {
                var length = lines[start..].IndexOf((byte)'\n');
                return (length < 0 ? lines[start..] : lines.Slice(start, length)).TrimEnd((byte)'\r').ToArray();
            }

            end = start + prefix.Length - 1;
        }

        return null;
    }

    /// <summary>Tells the last directive of a block, null where it has none. Each block tells once.</summary>
    public void Tell(int block, byte[]? directive)
    {
        lock (_gate)
        {
            _early.Add(block, directive);
            while (_early.Remove(_starts.Count - 1, out var next))
            {
                _starts.Add(next ?? _starts[^1]);
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

    /// <summary>The directive in force at the start of a block, waiting for the blocks before it, which other workers have read already; null where there is none.</summary>
    public byte[]? WaitFor(int block, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            while (block >= _starts.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _failure?.Throw();
                Monitor.Wait(_gate, millisecondsTimeout: 50);
            }

            return _starts[block];
        }
    }
}
