using Millrace.Lake.Ingestion;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.Lake.Watching;

/// <summary>
/// Keeps a lake up with what arrives. What has arrived is ingested a batch at a time and acknowledged once it is committed: a crash at any point makes it arrive again, and the lake's own record of what is in sees to it
/// that nothing is in twice. So may several watches work on one lake.
/// </summary>
/// <param name="lake">The lake; made where there is none.</param>
/// <param name="options">How to read and to write. "Now" is the time of each batch.</param>
/// <param name="watch">How much at a time.</param>
/// <param name="counters">Counts.</param>
/// <param name="clock">Says what is now.</param>
public sealed class LakeWatch(LakeTable lake, IngestOptions options, WatchOptions watch, WatchCounters counters, TimeProvider clock)
{
    const int AttemptsTogether = 3;

    /// <summary>Takes sentences for a person.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Brings in what arrives until it is stopped.</summary>
    /// <param name="arrivals">What tells of files and objects.</param>
    /// <param name="stop">Ends the receiving; what has been taken up is finished and committed first.</param>
    /// <param name="abort">Ends at once. What is not committed arrives again in a later run.</param>
    public async Task RunAsync(IReadOnlyList<IArrivals> arrivals, CancellationToken stop, CancellationToken abort)
    {
        foreach (var one in arrivals)
        {
            await one.CheckAsync(stop).ConfigureAwait(false);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var queue = new ArrivalQueue(watch, counters, Tell, clock);
        var pumps = Task.WhenAll(arrivals.Select(one => EndingAll(queue.PumpAsync(one, end.Token), end)));
        try
        {
            while (await queue.TakeAsync(end.Token).ConfigureAwait(false) is { Count: > 0 } batch)
            {
                await IngestAsync(batch, end.Token, abort).ConfigureAwait(false);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pumps.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        // A side that cannot be received from any more ends the watch; being stopped is no failure.
        if (pumps.IsFaulted)
        {
            await pumps.ConfigureAwait(false);
        }
    }

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

    async Task IngestAsync(IReadOnlyList<(IArrivals From, Arrival What)> batch, CancellationToken stop, CancellationToken abort)
    {
        var backoff = new Backoff(watch, clock);
        for (var attempt = 1; batch.Count > 0; attempt++)
        {
            var (left, failure) = attempt <= AttemptsTogether || batch.Count == 1
                ? await TryAsync(batch, abort).ConfigureAwait(false)
                : await TryEachAsync(batch, abort).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            Tell($"{failure.Message} Trying again.");
            batch = left;
            try
            {
                await backoff.PauseAsync(failure, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What cannot be brought in now arrives again in the next run.
                return;
            }
        }
    }

    /// <summary>Ingests some; what is left where it failed. Those that cannot even be looked at go back to where they came from.</summary>
    async Task<(IReadOnlyList<(IArrivals From, Arrival What)> Left, UserException? Failure)> TryAsync(IReadOnlyList<(IArrivals From, Arrival What)> batch, CancellationToken abort)
    {
        var done = new List<(IArrivals From, Arrival What)>();
        var files = new Dictionary<string, LogFile>();
        var left = new List<(IArrivals From, Arrival What)>();
        foreach (var (from, what) in batch)
        {
            try
            {
                if (await what.FindAsync(abort).ConfigureAwait(false) is { } file)
                {
                    files[file.Name] = file;
                    left.Add((from, what));
                    CheckReadable(file, abort);
                }
                else
                {
                    counters.AddVanished();
                    done.Add((from, what));
                }
            }
            catch (UserException e)
            {
                left.Remove((from, what));
                files.Remove(what.Name);
                await ReturnAsync(from, what, e, abort).ConfigureAwait(false);
            }
        }

        UserException? failure = null;
        try
        {
            await IngestAsync([.. files.Values], abort).ConfigureAwait(false);
            counters.AddDuplicates(left.Count - files.Count);
            done.AddRange(left);
            left = [];
        }
        catch (UserException e)
        {
            counters.AddRetry();
            failure = e;
        }

        await AcknowledgeAsync(done, abort).ConfigureAwait(false);
        return (left, failure);
    }

    /// <summary>Where some fail and others do not, it is not the lake: those that fail go back.</summary>
    async Task<(IReadOnlyList<(IArrivals From, Arrival What)> Left, UserException? Failure)> TryEachAsync(IReadOnlyList<(IArrivals From, Arrival What)> batch, CancellationToken abort)
    {
        var failed = new List<((IArrivals From, Arrival What) One, UserException Failure)>();
        foreach (var one in batch)
        {
            if (await TryAsync([one], abort).ConfigureAwait(false) is { Failure: { } failure })
            {
                failed.Add((one, failure));
            }
        }

        if (failed.Count == batch.Count)
        {
            return (batch, failed[0].Failure);
        }

        foreach (var ((from, what), failure) in failed)
        {
            await ReturnAsync(from, what, failure, abort).ConfigureAwait(false);
        }

        return ([], null);
    }

    async Task IngestAsync(IReadOnlyList<LogFile> files, CancellationToken abort)
    {
        var ingest = new LakeIngest(lake, options with { BatchBytes = watch.BatchBytes, Query = options.Query with { AsOf = clock.GetUtcNow(), Database = null, NeedsNoLog = true, CancellationToken = abort } });
        counters.Add(await ingest.RunAsync(files, abort).ConfigureAwait(false));
    }

    static void CheckReadable(LogFile file, CancellationToken abort)
    {
        // An object's store has just answered for it.
        if (file is LocalFile)
        {
            file.Open(abort).Dispose();
        }
    }

    async Task ReturnAsync(IArrivals from, Arrival what, UserException failure, CancellationToken abort)
    {
        counters.AddRetry();
        counters.Done(what.Since);
        Tell($"{failure.Message} It is left for later.");
        await from.ReturnAsync(what, abort).ConfigureAwait(false);
    }

    async Task AcknowledgeAsync(List<(IArrivals From, Arrival What)> done, CancellationToken abort)
    {
        foreach (var group in done.GroupBy(one => one.From, one => one.What))
        {
            Arrival[] arrivals = [.. group];
            foreach (var arrival in arrivals)
            {
                counters.Done(arrival.Since);
            }

            try
            {
                await group.Key.AcknowledgeAsync(arrivals, abort).ConfigureAwait(false);
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
