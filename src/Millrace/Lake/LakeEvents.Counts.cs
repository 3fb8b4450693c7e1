using Millrace.Queries;

namespace Millrace.Lake;

public sealed partial class LakeEvents
{
    /// <summary>How many events the version has.</summary>
    public long Count => snapshot.Files.Values.Sum(file => file.Events);

    bool HasUndated => snapshot.Files.Values.Any(file => file.First is null);

    /// <summary>How many events lie in a range, both ends included. Of files that lie in it whole, the log tells; only the others are looked at.</summary>
    /// <param name="session">A session to ask in.</param>
    /// <param name="since">The first instant; null for no bound.</param>
    /// <param name="until">The last; null likewise.</param>
    /// <param name="cancellationToken">Ends a wait for a network.</param>
    public async Task<long> CountAsync(QuerySession session, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (since is null && until is null)
        {
            return Count;
        }

        bool IsWithin(LakeFile file) => file is { First: { } first, Last: { } last } && !(first < since) && !(last > until);
        var files = FilesIn(since, until);
        var partly = files.Where(file => !IsWithin(file)).ToList();
        var count = files.Where(IsWithin).Sum(file => file.Events);
        if (partly.Count > 0)
        {
            using var rows = session.Execute($"SELECT COUNT(*) FROM ({await SqlAsync(partly, since, until, cancellationToken).ConfigureAwait(false)})");
            rows.Read();
            count += rows.Columns[0].Integer(rows.Row);
        }

        return count;
    }

    /// <summary>A range with ends where it has none: those of the events. Null where there are no events with a timestamp.</summary>
    (DateTimeOffset Since, DateTimeOffset Until)? Bounds(DateTimeOffset? since, DateTimeOffset? until) =>
        (since ?? snapshot.Files.Values.Min(file => file.First), until ?? snapshot.Files.Values.Max(file => file.Last)) is ({ } first, { } last) && first <= last ? (first, last) : null;
}
