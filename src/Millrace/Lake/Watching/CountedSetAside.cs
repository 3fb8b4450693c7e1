using Millrace.Sources.Arrivals;

namespace Millrace.Lake.Watching;

/// <summary>Counts and tells what is set aside.</summary>
/// <param name="inner">Keeps it.</param>
/// <param name="counters">Counts it.</param>
/// <param name="tell">Takes a sentence about each.</param>
public sealed class CountedSetAside(ISetAside inner, WatchCounters counters, Action<string> tell) : ISetAside
{
    /// <inheritdoc/>
    public async Task AddAsync(string from, string reason, string content, CancellationToken cancellationToken)
    {
        await inner.AddAsync(from, reason, content, cancellationToken).ConfigureAwait(false);
        counters.AddSetAside();
        tell($"A message of {from} was set aside. {reason}");
    }
}
