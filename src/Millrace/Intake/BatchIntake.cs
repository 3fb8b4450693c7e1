namespace Millrace.Intake;

/// <summary>
/// Takes in what arrives, a batch at a time, and acknowledges it once it is committed: a crash at any point makes it arrive again. That nothing is in twice is
/// for whoever commits to see to.
/// </summary>
/// <typeparam name="T">What arrives.</typeparam>
/// <param name="options">How much at a time.</param>
/// <param name="counters">Counts.</param>
/// <param name="clock">Says what is now.</param>
public abstract class BatchIntake<T>(IntakeOptions options, IntakeCounters counters, TimeProvider clock)
    where T : class
{
    const int AttemptsTogether = 3;

    /// <summary>Takes sentences for a person.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Takes in what arrives until it is stopped.</summary>
    /// <param name="inflows">Where it arrives.</param>
    /// <param name="stop">Ends the receiving; what has been taken up is finished and committed first.</param>
    /// <param name="abort">Ends at once. What is not committed arrives again in a later run.</param>
    public async Task RunAsync(IReadOnlyList<IInflow<T>> inflows, CancellationToken stop, CancellationToken abort)
    {
        foreach (var one in inflows)
        {
            await one.CheckAsync(stop).ConfigureAwait(false);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var queue = new InflowQueue<T>(options, counters, Tell, clock) { SinceOf = SinceOf, BytesOf = BytesOf };
        var pumps = Task.WhenAll(inflows.Select(one => EndingAll(queue.PumpAsync(one, end.Token), end)));
        try
        {
            while (await queue.TakeAsync(end.Token).ConfigureAwait(false) is { Count: > 0 } taken)
            {
                await TakeInAsync(taken, end.Token, abort).ConfigureAwait(false);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pumps.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        // An inflow that cannot be received from any more ends the intake; being stopped is no failure.
        if (pumps.IsFaulted)
        {
            await pumps.ConfigureAwait(false);
        }
    }

    /// <summary>Since when an item waits to be taken in.</summary>
    protected abstract DateTimeOffset SinceOf(T item);

    /// <summary>What an item counts towards <see cref="IntakeOptions.BatchBytes"/>.</summary>
    protected abstract long BytesOf(T item);

    /// <summary>
    /// Commits the items of a batch: all of them or none. Those without content are dropped, and those that cannot even be looked at go back; the others are
    /// acknowledged afterwards. A <see cref="UserException"/> says that none is in, or that it is not known: they are committed again, first together and then
    /// each by itself. So what is in already must be told by what it is, and not be committed twice.
    /// </summary>
    protected abstract Task CommitAsync(IntakeBatch<T> batch, CancellationToken abort);

    static async Task EndingAll(Task pump, CancellationTokenSource end)
    {
        try
        {
            await pump.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    async Task TakeInAsync(IReadOnlyList<Taken<T>> taken, CancellationToken stop, CancellationToken abort)
    {
        var backoff = new Backoff(options, clock);
        for (var attempt = 1; taken.Count > 0; attempt++)
        {
            var (left, failure) = attempt <= AttemptsTogether || taken.Count == 1
                ? await TryAsync(taken, abort).ConfigureAwait(false)
                : await TryEachAsync(taken, abort).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            Tell($"{failure.Message} Trying again.");
            taken = left;
            try
            {
                await backoff.PauseAsync(failure, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What cannot be taken in now arrives again in the next run.
                return;
            }
        }
    }

    /// <summary>Commits some; what is left where it failed.</summary>
    async Task<(IReadOnlyList<Taken<T>> Left, UserException? Failure)> TryAsync(IReadOnlyList<Taken<T>> taken, CancellationToken abort)
    {
        var batch = new IntakeBatch<T>(taken, ReturnAsync);
        UserException? failure = null;
        try
        {
            await CommitAsync(batch, abort).ConfigureAwait(false);
        }
        catch (UserException e)
        {
            counters.AddRetries();
            failure = e;
        }

        await AcknowledgeAsync(failure is null ? [.. batch.Gone, .. batch.Rest] : batch.Gone, abort).ConfigureAwait(false);
        return (failure is null ? [] : batch.Rest, failure);
    }

    /// <summary>Where some fail and others do not, it is not the store: those that fail go back.</summary>
    async Task<(IReadOnlyList<Taken<T>> Left, UserException? Failure)> TryEachAsync(IReadOnlyList<Taken<T>> taken, CancellationToken abort)
    {
        var failed = new List<(Taken<T> One, UserException Failure)>();
        var isAnyIn = false;
        foreach (var one in taken)
        {
            var (left, failure) = await TryAsync([one], abort).ConfigureAwait(false);
            isAnyIn |= failure is null;
            failed.AddRange(left.Select(_ => (one, failure!)));
        }

        if (!isAnyIn && failed.Count > 0)
        {
            return ([.. failed.Select(each => each.One)], failed[0].Failure);
        }

        foreach (var (one, failure) in failed)
        {
            await ReturnAsync(one, failure, abort).ConfigureAwait(false);
        }

        return ([], null);
    }

    async Task ReturnAsync(Taken<T> taken, UserException failure, CancellationToken abort)
    {
        counters.AddRetries();
        counters.Done(SinceOf(taken.Item));
        Tell($"{failure.Message} It is left for later.");
        await taken.From.ReturnAsync(taken.Item, abort).ConfigureAwait(false);
    }

    async Task AcknowledgeAsync(IReadOnlyList<Taken<T>> done, CancellationToken abort)
    {
        foreach (var group in done.GroupBy(one => one.From, one => one.Item))
        {
            T[] items = [.. group];
            foreach (var item in items)
            {
                counters.Done(SinceOf(item));
            }

            try
            {
                await group.Key.AcknowledgeAsync(items, abort).ConfigureAwait(false);
            }
            catch (UserException e)
            {
                // It arrives again, and is known then.
                counters.AddFailure();
                Tell(e.Message);
            }
        }
    }
}
