using System.Threading.Channels;

namespace Millrace.Intake;

/// <summary>
/// What has arrived from several inflows and waits to be taken in. It holds a bounded number; when it is full, receiving waits, and what is not received stays
/// where it is.
/// </summary>
sealed class InflowQueue<T>(IntakeOptions options, IntakeCounters counters, Action<string> tell, TimeProvider clock)
    where T : class
{
    readonly Channel<Taken<T>> _channel = Channel.CreateBounded<Taken<T>>(new BoundedChannelOptions(options.BatchItems) { SingleReader = true });

    /// <summary>Since when an item waits.</summary>
    public required Func<T, DateTimeOffset> SinceOf { get; init; }

    /// <summary>What an item counts towards <see cref="IntakeOptions.BatchBytes"/>.</summary>
    public required Func<T, long> BytesOf { get; init; }

    /// <summary>Receives from one inflow until it is stopped. What fails is tried again, and told when it begins and when it is over.</summary>
    public async Task PumpAsync(IInflow<T> from, CancellationToken stop)
    {
        var backoff = new Backoff(options, clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var item in from.ReceiveAsync(stop).ConfigureAwait(false))
                {
                    Recovered(from, backoff);
                    if (item is not null)
                    {
                        counters.Arrived(SinceOf(item));
                        await _channel.Writer.WriteAsync(new Taken<T>(from, item), stop).ConfigureAwait(false);
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

    /// <summary>
    /// What is taken in next: waits for a first item and then for more, until there is enough or the first has waited long enough. Empty when it is stopped
    /// before anything has arrived.
    /// </summary>
    public async Task<IReadOnlyList<Taken<T>>> TakeAsync(CancellationToken stop)
    {
        var batch = new List<Taken<T>>();
        long bytes = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var age = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var ends = age.Token.Register(end.Cancel);
        try
        {
            while (batch.Count < options.BatchItems && bytes < options.BatchBytes)
            {
                var taken = await _channel.Reader.ReadAsync(end.Token).ConfigureAwait(false);
                batch.Add(taken);
                bytes += BytesOf(taken.Item);
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

    void Recovered(IInflow<T> from, Backoff backoff)
    {
        if (backoff.IsFailing)
        {
            tell($"{from.Name} can be read again.");
        }

        backoff.Reset();
    }
}

/// <summary>An item that was taken up, and where it came from.</summary>
readonly record struct Taken<T>(IInflow<T> From, T Item)
    where T : class;
