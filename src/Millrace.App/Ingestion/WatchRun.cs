using Millrace.App.Reading;
using Millrace.Aws;
using Millrace.Intake;
using Millrace.Lake.Watching;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.App.Ingestion;

/// <summary>Keeps a lake up with what arrives in directories, buckets and queues.</summary>
public static class WatchRun
{
    /// <summary>Watches until it is stopped.</summary>
    /// <param name="workplace">Where it runs.</param>
    /// <param name="request">What is watched.</param>
    /// <param name="counters">Counts what happens.</param>
    /// <param name="listener">Hears of it.</param>
    /// <param name="stop">Ends the receiving; what has been taken up is finished and committed first.</param>
    /// <exception cref="UserException">The request means nothing, or something cannot be watched.</exception>
    public static async Task RunAsync(Workplace workplace, WatchRequest request, WatchCounters counters, RunListener listener, CancellationToken stop)
    {
        // Stopping ends the receiving alone: a reading that is under way is finished.
        await using var run = await IngestRun.OpenAsync(workplace, request.Ingest, listener, stop, CancellationToken.None).ConfigureAwait(false);
        CheckApart(run.Lake.Path, run.Plan.Sources);
        var watch = new LakeWatch(run.Table, run.Options, new IntakeOptions { BatchAge = request.BatchAge }, counters, workplace.Clock) { Tell = listener.Say };
        using var deadLetters = request.DeadLetters is { } letters ? new DeadLetterQueue(SqsOptions.Parse(letters, "--dead-letter-queue")) : null;
        var setAside = (ISetAside?)deadLetters ?? new SetAsideFile(request.SetAside ?? DefaultSetAside(run.Lake.Path), workplace.Clock);
        var arrivals = Arrivals(run.Plan.Sources, workplace, run.Plan.S3, request.Queue, new CountedSetAside(setAside, counters, listener.Say));
        try
        {
            await watch.RunAsync(arrivals, stop, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            foreach (var one in arrivals)
            {
                await one.DisposeAsync().ConfigureAwait(false);
            }
        }

        await run.FinishAsync().ConfigureAwait(false);
    }

    static List<IArrivals> Arrivals(IReadOnlyList<string> sources, Workplace workplace, S3Options options, string? queue, ISetAside aside)
    {
        var (store, clock) = (workplace.Objects(options), workplace.Clock);
        string[] addresses = [.. sources.Where(ObjectAddress.IsAddress)];
        string[] paths = [.. sources.Except(addresses)];
        if (paths.Contains("-"))
        {
            throw new UserException("Standard input ('-') cannot be watched: it has no name by which it would be known again.", UserException.Usage);
        }

        if (queue is not null && addresses.Length == 0)
        {
            throw new UserException("--queue tells of objects in buckets, and no source is one. Name one, such as s3://bucket/prefix/.", UserException.Usage);
        }

        var arrivals = new List<IArrivals>();
        var scope = new ObjectScope(addresses);
        if (queue is not null)
        {
            arrivals.Add(new SqsArrivals(SqsOptions.Parse(queue, "--queue"), store, scope, aside, clock));
        }

        if (addresses.Length > 0)
        {
            arrivals.Add(new BucketArrivals(store, scope, clock, new ArrivalOptions()));
        }

        if (paths.Length > 0)
        {
            arrivals.Add(new DirectoryArrivals(paths, clock, new ArrivalOptions()));
        }

        return arrivals;
    }

    /// <summary>A lake in a folder that is watched would be told of its own files for ever.</summary>
    static void CheckApart(string lake, IReadOnlyList<string> sources)
    {
        var isInBucket = ObjectAddress.IsAddress(lake);
        var place = isInBucket ? lake.TrimEnd('/') + "/" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(lake)) + Path.DirectorySeparatorChar;
        foreach (var source in sources.Where(source => ObjectAddress.IsAddress(source) == isInBucket))
        {
            var isWithin = isInBucket
                ? new ObjectScope([source]).Contains(ObjectAddress.Parse(place).Bucket, ObjectAddress.Parse(place).Key + "events/x.parquet")
                : Directory.Exists(source) && place.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            if (isWithin)
            {
                throw new UserException($"The lake '{lake}' lies within '{source}', which would be told of the lake's own files. Keep the lake outside of what is watched.", UserException.Usage);
            }
        }
    }

    static string DefaultSetAside(string lake) => Path.Join(ObjectAddress.IsAddress(lake) ? "" : lake, "set-aside.ndjson");
}
