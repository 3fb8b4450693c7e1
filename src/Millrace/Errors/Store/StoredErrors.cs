using Millrace.Errors.Templates;

namespace Millrace.Errors.Store;

/// <summary>Makes the digest of a period from a store. The grain is the hour: a period is widened to the whole hours that it touches.</summary>
/// <param name="store">The store.</param>
/// <param name="rules">What users say of groups.</param>
public sealed class StoredErrors(IErrorStore store, ErrorRules rules)
{
    /// <summary>The digest of the whole hours that a period touches; for whole hours it is what <see cref="ErrorReader"/> says of the same logs.</summary>
    public async Task<ErrorDigest> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var first = ErrorTime.HourOf(ErrorTime.Micros(since));
        var last = Math.Max(first, ErrorTime.HourOf(ErrorTime.Micros(until) - 1));
        var from = first - (long)ErrorReader.History.TotalHours;
        var tallies = new Dictionary<string, ErrorTally>(StringComparer.Ordinal);
        await foreach (var cell in store.ReadCellsAsync(from, last, cancellationToken).ConfigureAwait(false))
        {
            if (!tallies.TryGetValue(cell.Kind, out var tally))
            {
                tallies.Add(cell.Kind, tally = new ErrorTally());
            }

            tally.Add(cell, cell.Hour >= first);
        }

        var parts = Parts(tallies, await store.ReadKindsAsync(cancellationToken).ConfigureAwait(false));
        var history = first - (await store.FirstHourAsync(from, first, cancellationToken).ConfigureAwait(false) ?? first);
        return new ErrorGrouping(rules, ErrorTime.Time(first * ErrorTime.MicrosPerHour), ErrorTime.Time((last + 1) * ErrorTime.MicrosPerHour), first, history).Digest(parts);
    }

    List<ErrorPart> Parts(Dictionary<string, ErrorTally> tallies, IReadOnlyList<ErrorKind> known)
    {
        if (known.Count(kind => tallies.ContainsKey(kind.Id)) < tallies.Count)
        {
            throw new UserException($"{store.Name} has errors of kinds that it does not know. It is damaged; extract the errors into another one.");
        }

        var parts = new List<ErrorPart>();
        foreach (var group in known.Zip(TemplateMiner.Merge([.. known.Select(kind => kind.Words)])).GroupBy(kind => (Template: kind.Second, Trace: kind.First.Trace.Key), kind => kind.First))
        {
            // Kinds that have become one by what has been seen since are called as the oldest of them is, and are known since the first of them was, whether that was seen lately or not.
            var (id, firstSeen) = (group.First().Group, group.Min(kind => kind.FirstSeen));
            foreach (var kind in group.Where(kind => tallies.ContainsKey(kind.Id)))
            {
                var tally = tallies[kind.Id];
                tally.AddFirst(firstSeen);
                parts.Add(new ErrorPart(id, kind.Trace, group.Key.Template, tally));
            }
        }

        return parts;
    }
}
