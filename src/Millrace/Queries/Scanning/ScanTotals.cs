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
    long _inRange;
    long _rejectCount;
    long _undated;
    long _bytesExpected;

    /// <summary>Stored (compressed) bytes read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Stored bytes there are to read, of the files whose size is known.</summary>
    public long BytesExpected => Interlocked.Read(ref _bytesExpected);

    /// <summary>Lines that were events, whether in the asked-for range or not.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>
    /// Of the events, those in the asked-for range: all of them where there is none. What is read again, even in another range, counts as it did the first time.
    /// A search does not count them.
    /// </summary>
    public long InRange => Interlocked.Read(ref _inRange);

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

    /// <summary>The rejects by reason over all files, the most frequent first.</summary>
    public IReadOnlyList<RejectReason> RejectReasons
    {
        get
        {
            lock (_rejects)
            {
                List<RejectReason> reasons = [.. _rejects.Values.GroupBy(tally => tally.First.Reason, StringComparer.Ordinal).Select(Sum)];
                reasons.Sort(MostFrequentFirst);
                return reasons;
            }
        }
    }

    internal void AddPruned(IReadOnlyList<string> files) => Pruned = [.. Pruned, .. files];

    /// <summary>Notes a part of a file as read. Returns what of it had been read before, by this scan or another one.</summary>
    internal IReadOnlyList<(long Start, long End)> AddPart(PlannedFile file, long start, long end) => _parts.Add(file, start, end);

    internal void Expect(long storedBytes) => Interlocked.Add(ref _bytesExpected, storedBytes);

    internal void AddBytes(long storedBytes) => Interlocked.Add(ref _bytesRead, storedBytes);

    /// <summary>Counts events, with those among them that a range left out.</summary>
    internal void AddLines(long events, long outside, long undated)
    {
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _inRange, events - outside);
        Interlocked.Add(ref _undated, undated);
    }

    internal void SetLines(string file, long lines) => _lines[file] = lines;

    internal void AddProblem(string file, string sentence) => _problems[file] = sentence;

    /// <summary>Counts a reject. The line's number may only be known once the blocks before it are read.</summary>
    /// <param name="reject">The reject.</param>
    /// <param name="format">The format that its file is read as.</param>
    /// <param name="bytes">Its bytes, of which a copy is kept of the first of each kind.</param>
    /// <param name="line">Its line's number, if it is known by now.</param>
    internal void AddReject(Reject reject, string format, ReadOnlySpan<byte> bytes, Func<long?> line)
    {
        Interlocked.Increment(ref _rejectCount);
        lock (_rejects)
        {
            var kind = new RejectKind(reject.File, reject.Reason);
            if (!_rejects.TryGetValue(kind, out var tally))
            {
                _rejects.Add(kind, tally = new RejectTally());
            }

            if (tally.Count++ == 0 || reject.Offset < tally.First.Offset)
            {
                tally.Begin(reject, format, bytes, line);
            }
        }
    }

    static RejectReason Sum(IEnumerable<RejectTally> tallies)
    {
        var all = tallies.OrderBy(one => one.First.File, StringComparer.Ordinal).ToList();
        var (tally, count) = (all[0], all.Sum(one => one.Count));
        return new RejectReason(tally.First.Reason, count, all.Count, tally.First with { Line = tally.Line() }, tally.Format, tally.Sample);
    }

    static int MostFrequentFirst(RejectReason one, RejectReason other) =>
        other.Count.CompareTo(one.Count) is not 0 and var byCount ? byCount : string.CompareOrdinal(one.Reason, other.Reason);

    static int MostFrequentFirst(RejectCount one, RejectCount other) => other.Count.CompareTo(one.Count) is not 0 and var byCount ? byCount
        : string.CompareOrdinal(one.File, other.File) is not 0 and var byFile ? byFile
        : string.CompareOrdinal(one.Reason, other.Reason);

    sealed record RejectKind(string File, string Reason);

    sealed class RejectTally
    {
        const int LongestSample = 4096;

        public long Count { get; set; }

        public Reject First { get; private set; } = null!;

        public string Format { get; private set; } = "";

        public byte[] Sample { get; private set; } = [];

        public Func<long?> Line { get; private set; } = null!;

        /// <summary>Takes an earlier reject for the first.</summary>
        public void Begin(Reject reject, string format, ReadOnlySpan<byte> bytes, Func<long?> line) =>
            (First, Format, Sample, Line) = (reject, format, bytes[..Math.Min(bytes.Length, LongestSample)].ToArray(), line);
    }
}
