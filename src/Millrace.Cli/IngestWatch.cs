using System.CommandLine;
using System.Globalization;
using Millrace.Aws;
using Millrace.Intake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Watching;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.Cli;

/// <summary><c>ingest --watch</c>: what it takes on the command line, and how its parts are put together.</summary>
sealed class IngestWatch
{
    readonly Option<bool> _watch = new("--watch") { Description = "Keep going: bring in new and grown files and objects as they arrive, until Ctrl-C" };
    readonly Option<string?> _queue = new("--queue") { Description = "With --watch: URL of the SQS queue that S3 or EventBridge tells of new objects" };
    readonly Option<string?> _setAside = new("--set-aside") { Description = "With --queue: file for messages that cannot be used [default: set-aside.ndjson in the lake, or here for one in a bucket]" };
    readonly Option<string?> _deadLetters = new("--dead-letter-queue") { Description = "With --queue: URL of a queue for such messages instead" };
    readonly Option<double> _batchSeconds = new("--batch-seconds") { Description = "With --watch: how long what has arrived waits for more before it is committed", DefaultValueFactory = _ => 10 };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _watch, _queue, _setAside, _deadLetters, _batchSeconds })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>True where watching is asked for. Throws a <see cref="UserException"/> for options that go with it alone.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(_watch)
        || (parsed.GetValue(_queue) is null && parsed.GetValue(_setAside) is null && parsed.GetValue(_deadLetters) is null
            ? false
            : throw new UserException("--queue, --set-aside and --dead-letter-queue go with --watch. Add it, or leave them out.", UserException.Usage));

    /// <summary>Watches until it is stopped.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Reading reading, LakeChoice lake, IngestOptions options, string[] sources, S3Store store)
    {
        var seconds = parsed.GetValue(_batchSeconds);
        if (seconds is not (>= 0 and <= 3600))
        {
            throw new UserException("--batch-seconds must be between 0 and 3600.", UserException.Usage);
        }

        CheckApart(lake.Path, sources);
        using var counters = new WatchCounters(TimeProvider.System);
        using var status = new WatchStatus(counters);
        var watch = new LakeWatch(
            lake.Open(store),
            options with { Query = options.Query with { Warn = status.Say } },
            new IntakeOptions { BatchAge = TimeSpan.FromSeconds(seconds) },
            counters,
            TimeProvider.System)
        { Tell = status.Say };
        using var deadLetters = parsed.GetValue(_deadLetters) is { } letters ? new DeadLetterQueue(SqsOptions.Parse(letters, "--dead-letter-queue")) : null;
        var aside = new CountedSetAside((ISetAside?)deadLetters ?? new SetAsideFile(parsed.GetValue(_setAside) ?? DefaultSetAside(lake.Path), TimeProvider.System), counters, status.Say);
        var arrivals = Arrivals(sources, store, parsed.GetValue(_queue), aside);
        try
        {
            // The first Ctrl-C ends the receiving, and what was taken up is finished. The second ends the process, which loses nothing either.
            await watch.RunAsync(arrivals, reading.Stop, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            foreach (var one in arrivals)
            {
                await one.DisposeAsync().ConfigureAwait(false);
            }
        }

        Console.Out.WriteLine(Totals(counters));
        return 0;
    }

    static List<IArrivals> Arrivals(string[] sources, S3Store store, string? queue, ISetAside aside)
    {
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
            arrivals.Add(new SqsArrivals(SqsOptions.Parse(queue, "--queue"), store, scope, aside, TimeProvider.System));
        }

        if (addresses.Length > 0)
        {
            arrivals.Add(new BucketArrivals(store, scope, TimeProvider.System, new ArrivalOptions()));
        }

        if (paths.Length > 0)
        {
            arrivals.Add(new DirectoryArrivals(paths, TimeProvider.System, new ArrivalOptions()));
        }

        return arrivals;
    }

    /// <summary>A lake in a folder that is watched would be told of its own files for ever.</summary>
    static void CheckApart(string lake, string[] sources)
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

    static string Totals(WatchCounters counters) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"version":{{counters.Version}},"sources":{{counters.Objects}},"known":{{counters.Duplicates}},"events":{{counters.Events}},"rejects":{{counters.Rejects}},"commits":{{counters.Commits}},"bytes":{{counters.Bytes}},"retries":{{counters.Retries}},"failures":{{counters.Failures}},"vanished":{{counters.Vanished}},"unread":{{counters.Unread}},"setAside":{{counters.SetAside}}}""");
}
