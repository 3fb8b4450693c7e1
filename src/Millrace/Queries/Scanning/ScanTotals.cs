using System.Collections.Concurrent;

namespace Millrace.Queries.Scanning;

/// <summary>What a scan has met so far; safe to read while it runs.</summary>
public sealed class ScanTotals
{
    readonly ConcurrentDictionary<(string File, string Reason), (long Count, Func<long?> Line, Reject First)> _rejects = new();
    readonly ConcurrentDictionary<string, string> _problems = new();
    long _bytesRead;
    long _events;
    long _rejectCount;
    long _undated;
    long _bytesExpected;

    /// <summary>Stored (compressed) bytes read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Stored bytes there are to read, of the files whose size is known.</summary>
    public long BytesExpected => Interlocked.Read(ref _bytesExpected);

    /// <summary>Lines that were events, whether in the asked-for range or not.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Lines that did not parse.</summary>
    public long Rejects => Interlocked.Read(ref _rejectCount);

    /// <summary>Events that a range left out because they have no timestamp.</summary>
    public long Undated => Interlocked.Read(ref _undated);

    /// <summary>What was wrong with compressed files: file and sentence.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>The rejects by file and reason, the most frequent first.</summary>
    public IReadOnlyList<RejectCount> RejectCounts =>
    [
        .. _rejects
            .Select(entry => new RejectCount(entry.Key.File, entry.Key.Reason, entry.Value.Count, entry.Value.First with { Line = entry.Value.Line() }))
            .OrderByDescending(count => count.Count).ThenBy(count => count.File, StringComparer.Ordinal).ThenBy(count => count.Reason, StringComparer.Ordinal),
    ];

    internal void Expect(long storedBytes) => Interlocked.Add(ref _bytesExpected, storedBytes);

    internal void AddBytes(long storedBytes) => Interlocked.Add(ref _bytesRead, storedBytes);

    internal void AddLines(long events, long undated)
    {
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _undated, undated);
    }

    internal void AddProblem(string file, string sentence) => _problems[file] = sentence;

    /// <summary>Counts a reject. The line's number may only be known once the blocks before it are read.</summary>
    internal void AddReject(Reject reject, Func<long?> line)
    {
        Interlocked.Increment(ref _rejectCount);
        _rejects.AddOrUpdate(
            (reject.File, reject.Reason),
            _ => (1, line, reject),
            (_, seen) => reject.Offset < seen.First.Offset ? (seen.Count + 1, line, reject) : (seen.Count + 1, seen.Line, seen.First));
    }
}
