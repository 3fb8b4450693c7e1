using System.Threading.Channels;
using Millrace.Lake.Ingestion;
using Millrace.Sources.Arrivals;

namespace Millrace.Lake.Watching;

/// <summary>
/// What has arrived from several sides and waits to be brought in. It holds a bounded number; when it is full, receiving waits, and what is not received stays where it is.
/// </summary>
sealed class ArrivalQueue(WatchOptions options, WatchCounters counters, Action<string> tell, TimeProvider clock)
{
    readonly Channel<(IArrivals From, Arrival What)> _channel = Channel.CreateBounded<(IArrivals, Arrival)>(new BoundedChannelOptions(options.BatchFiles) { SingleReader = true });

    /// <summary>Receives from one side until it is stopped. What fails is tried again, and told when it begins and when it is over.</summary>
    public async Task PumpAsync(IArrivals from, CancellationToken stop)
    {
        var backoff = new Backoff(options, clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var arrival in from.ReceiveAsync(stop).ConfigureAwait(false))
                {
                    Recovered(from, backoff);
                    if (arrival is not null)
                    {
                        counters.Arrived(arrival.Since);
                        await _channel.Writer.WriteAsync((from, arrival), stop).ConfigureAwait(false);
                    }
                }
            }
            catch (UserException e) when (!stop.IsCancellationRequested)
            {
                counters.AddFailure();
                if (!backoff.IsFailing)
                {
                    tell($"{e.Message} Trying again.");
                }

                await backoff.PauseAsync(e, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is brought in next: waits for a first arrival and then for more, until there is enough or the first has waited long enough. Empty when it is stopped before anything has arrived.</summary>
    public async Task<IReadOnlyList<(IArrivals From, Arrival What)>> TakeAsync(CancellationToken stop)
    {
        var batch = new List<(IArrivals, Arrival)>();
        long bytes = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var age = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var ends = age.Token.Register(end.Cancel);
        try
        {
            while (batch.Count < options.BatchFiles && bytes < options.BatchBytes)
            {
                var (from, what) = await _channel.Reader.ReadAsync(end.Token).ConfigureAwait(false);
                batch.Add((from, what));
                bytes += IngestOptions.Weight(what.Name, what.Size);
                if (batch.Count == 1)
                {
                    age.CancelAfter(options.BatchAge);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Enough was waited for.
        }

        return batch;
    }

    void Recovered(IArrivals from, Backoff backoff)
    {
        if (backoff.IsFailing)
        {
            tell($"{from.Name} can be read again.");
        }

        backoff.Reset();
    }
}
