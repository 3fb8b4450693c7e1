using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Millrace.Sources.Arrivals;

/// <summary>
/// New objects below some prefixes, found by listing them again and again. Where keys hold dates, only the days around now are listed most times, and everything once in a while.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="scope">Which objects count.</param>
/// <param name="clock">Says when to list again.</param>
/// <param name="options">How often to list.</param>
public sealed class BucketArrivals(IObjectStore store, ObjectScope scope, TimeProvider clock, ArrivalOptions options) : IArrivals
{
    readonly ReadAhead _readAhead = new();

    // As many as there are objects, as the lake's own record of what is in.
    readonly ConcurrentDictionary<ObjectAddress, string> _seen = new();
    readonly Dictionary<ObjectAddress, DatedKeys> _days = [];
    DateTimeOffset? _listedAll;

    /// <inheritdoc/>
    public string Name => string.Join(", ", scope.Prefixes.Select(prefix => $"'{prefix}'"));

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var prefix in scope.Prefixes)
        {
            await foreach (var _ in store.ListAsync(prefix.Bucket, prefix.Key, cancellationToken).ConfigureAwait(false))
            {
                break;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Arrival?> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            var isAll = _listedAll is not { } last || now - last >= options.ListAllEvery;
            foreach (var prefix in scope.Prefixes)
            {
                await foreach (var arrival in ListAsync(prefix, isAll, now, cancellationToken).ConfigureAwait(false))
                {
                    yield return arrival;
                }
            }

            yield return null;
            _listedAll = isAll ? now : _listedAll;
            await Task.Delay(options.ListEvery, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReturnAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        _seen.TryRemove((ObjectAddress)arrival.Receipt!, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    async IAsyncEnumerable<Arrival> ListAsync(ObjectAddress prefix, bool isAll, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = isAll ? [] : _days[prefix].Recent(prefix.Key, now);
        var learnt = new DatedKeys();
        foreach (var part in days.Count > 0 ? days : [prefix.Key])
        {
            await foreach (var stored in store.ListAsync(prefix.Bucket, part, cancellationToken).ConfigureAwait(false))
            {
                var address = new ObjectAddress(prefix.Bucket, stored.Key);
                learnt.Learn(stored.Key);
                if (scope.Contains(prefix.Bucket, stored.Key) && (!_seen.TryGetValue(address, out var tag) || tag != stored.ETag))
                {
                    _seen[address] = stored.ETag;
                    yield return ToArrival(address, stored, _listedAll is null || stored.LastModified > now ? now : stored.LastModified);
                }
            }
        }

        if (isAll)
        {
            _days[prefix] = learnt;
        }
    }

    Arrival ToArrival(ObjectAddress address, StoredObject listed, DateTimeOffset since)
    {
        StoredObject? first = listed;
        return new Arrival(
            address.ToString(),
            since,
            async cancellationToken =>
            {
                // The listing is true a moment ago; whoever asks again was told that it is not any more.
                var stored = Interlocked.Exchange(ref first, null) ?? await store.FindAsync(address.Bucket, address.Key, cancellationToken).ConfigureAwait(false);
                return stored is null ? null : new ObjectFile(store, address.Bucket, stored, _readAhead);
            })
        {
            Size = listed.Size,
            Receipt = address,
        };
    }
}
