using System.Text;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Search;

namespace Millrace.App.Runs;

/// <summary>
/// Keeps the first hits of a search. Threads find them in no order, so that of more than it keeps, the first by file and line are those that stay.
/// </summary>
/// <param name="most">How many it keeps.</param>
sealed class FirstHits(int most)
{
    readonly PriorityQueue<Kept, Kept> _lastFirst = new(Comparer<Kept>.Create((one, other) => other.CompareTo(one)));
    long _met;

    /// <summary>Keeps a hit, or drops the last.</summary>
    public void Add(scoped in SearchHit hit)
    {
        var kept = new Kept(_met++, new FoundHit(hit.File, hit.Line, hit.Timestamp is { } micros ? InstantText.FromMicros(micros) : null, Encoding.UTF8.GetString(hit.Text)));
        _lastFirst.Enqueue(kept, kept);
        if (_lastFirst.Count > most)
        {
            _lastFirst.Dequeue();
        }
    }

    /// <summary>The hits.</summary>
    /// <param name="byFile">True for the order of files and lines; false for that in which they were met.</param>
    public IReadOnlyList<FoundHit> InOrder(bool byFile)
    {
        var kept = _lastFirst.UnorderedItems.Select(item => item.Element);
        return [.. (byFile ? kept.Order() : kept.OrderBy(one => one.Met)).Select(one => one.Hit)];
    }

    sealed record Kept(long Met, FoundHit Hit) : IComparable<Kept>
    {
        public int CompareTo(Kept? other) =>
            string.CompareOrdinal(Hit.File, other!.Hit.File) is not 0 and var byFile ? byFile : Hit.Line.CompareTo(other.Hit.Line);
    }
}
