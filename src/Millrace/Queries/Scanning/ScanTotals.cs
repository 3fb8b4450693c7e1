using System.Collections.Concurrent;

namespace Millrace.Queries.Scanning;

/// <summary>
/// What the scans of a session have met so far; safe to read while they run. Events and rejects of a line that is read several times are counted once; bytes are counted as
/// they are read.
/// </summary>
public sealed class ScanTotals
{
    readonly Dictionary<RejectKind, RejectTally> _rejects = [];
    readonly ConcurrentDictionary<string, string> _problems = new();
    readonly ConcurrentDictionary<string, long> _lines = new();
    readonly ReadParts _parts = new();
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

    /// <summary>The files that were not opened since the dates in their names lie outside the range.</summary>
    public IReadOnlyList<string> Pruned { get; private set; } = [];

    /// <summary>What was wrong with compressed files: file and sentence.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>How many lines each file has that was read to its end, those before the part that was read included.</summary>
    public IReadOnlyDictionary<string, long> Lines => _lines;

    /// <summary>The rejects by file and reason, the most frequent first.</summary>
    public IReadOnlyList<RejectCount> RejectCounts
    {
        get
        {
            lock (_rejects)
            {
                List<RejectCount> counts = [.. _rejects.Values.Select(tally => new RejectCount(tally.First.File, tally.First.Reason, tally.Count, tally.First with { Line = tally.Line() }))];
                counts.Sort(MostFrequentFirst);
                return counts;
            }
        }
    }

    internal void AddPruned(IReadOnlyList<string> files) => Pruned = [.. Pruned, .. files];

    /// <summary>Notes a part of a file as read. Returns what of it had been read before, by this scan or another one.</summary>
    internal IReadOnlyList<(long Start, long End)> AddPart(PlannedFile file, long start, long end) => _parts.Add(file, start, end);

    internal void Expect(long storedBytes) => Interlocked.Add(ref _bytesExpected, storedBytes);

    internal void AddBytes(long storedBytes) => Interlocked.Add(ref _bytesRead, storedBytes);

    internal void AddLines(long events, long undated)
    {
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _undated, undated);
    }

    internal void SetLines(string file, long lines) => _lines[file] = lines;

    internal void AddProblem(string file, string sentence) => _problems[file] = sentence;

    /// <summary>Counts a reject. The line's number may only be known once the blocks before it are read.</summary>
    internal void AddReject(Reject reject, Func<long?> line)
    {
        Interlocked.Increment(ref _rejectCount);
        lock (_rejects)
        {
            var kind = new RejectKind(reject.File, reject.Reason);
            if (!_rejects.TryGetValue(kind, out var tally))
            {
                _rejects.Add(kind, tally = new RejectTally(reject, line));
            }

            tally.Count++;
            if (reject.Offset < tally.First.Offset)
            {
                (tally.First, tally.Line) = (reject, line);
            }
        }
    }

    static int MostFrequentFirst(RejectCount one, RejectCount other) => other.Count.CompareTo(one.Count) is not 0 and var byCount ? byCount
        : string.CompareOrdinal(one.File, other.File) is not 0 and var byFile ? byFile
        : string.CompareOrdinal(one.Reason, other.Reason);

    sealed record RejectKind(string File, string Reason);

    sealed class RejectTally(Reject first, Func<long?> line)
    {
        public long Count { get; set; }

        public Reject First { get; set; } = first;

        public Func<long?> Line { get; set; } = line;
    }
}
