using System.Globalization;
using Millrace.Search;

namespace Millrace.App.Runs;

/// <summary>
/// Hits in the order of time, then of files and lines. Those without a time come last. Holds as many as are to be printed, and never more than a bound.
/// </summary>
/// <param name="limit">How many are printed; null for all.</param>
sealed class SortedHits(long? limit)
{
    const int Most = 1_000_000;

    readonly PriorityQueue<Kept, Kept> _latestFirst = new(Comparer<Kept>.Create((one, other) => other.CompareTo(one)));

    /// <summary>Keeps a hit, or drops the latest.</summary>
    public void Add(scoped in SearchHit hit)
    {
        var kept = new Kept(hit.Timestamp ?? long.MaxValue, hit.File, hit.Line, hit.Timestamp, hit.Text.ToArray(), hit.Before, hit.After);
        _latestFirst.Enqueue(kept, kept);
        if (_latestFirst.Count > (limit ?? long.MaxValue))
        {
            _latestFirst.Dequeue();
        }
        else if (_latestFirst.Count > Most)
        {
            throw new UserException(string.Create(CultureInfo.InvariantCulture, $"More than {Most:N0} hits cannot be sorted. Say --limit, or narrow the search with a further term or --since and --until."));
        }
    }

    /// <summary>Gives them, the earliest first. Returns how many.</summary>
    public long Give(SearchHitHandler print)
    {
        Kept[] all = [.. _latestFirst.UnorderedItems.Select(item => item.Element).Order()];
        foreach (var kept in all)
        {
            print(new SearchHit { File = kept.File, Line = kept.Line, Timestamp = kept.Timestamp, Text = kept.Text, Before = kept.Before, After = kept.After });
        }

        return all.Length;
    }

    sealed record Kept(long Time, string File, long Line, long? Timestamp, byte[] Text, IReadOnlyList<byte[]> Before, IReadOnlyList<byte[]> After) : IComparable<Kept>
    {
        public int CompareTo(Kept? other) =>
            Time.CompareTo(other!.Time) is not 0 and var byTime ? byTime : string.CompareOrdinal(File, other.File) is not 0 and var byFile ? byFile : Line.CompareTo(other.Line);
    }
}
