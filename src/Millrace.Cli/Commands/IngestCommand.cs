using System.CommandLine;
using System.Globalization;
using Millrace.App.Ingestion;
using Millrace.App.Reading;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Lake.Watching;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace ingest SOURCE… --lake DIR</c>.</summary>
sealed class IngestCommand
{
    readonly Argument<string[]> _sources = new("source") { Description = "Files, globs, directories or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
    readonly Option<bool> _raw = new("--keep-raw") { Description = "Keep each line as it was, in the column raw" };
    readonly Option<string?> _errors = new("--errors")
    {
        Description = "Keep the errors of what is brought in, for 'report errors --store': a file, or dynamodb:TABLE [default: errors.store in millrace.json]",
    };
    readonly Option<bool> _clientErrors = new("--client-errors") { Description = "Of the errors that are kept: statuses from 400 are errors too, not only those from 500" };
    readonly Option<bool> _watch = new("--watch") { Description = "Keep going: bring in new and grown files and objects as they arrive, until Ctrl-C" };
    readonly Option<string?> _queue = new("--queue") { Description = "With --watch: URL of the SQS queue that S3 or EventBridge tells of new objects" };
    readonly Option<string?> _setAside = new("--set-aside")
    {
        Description = "With --queue: file for messages that cannot be used [default: set-aside.ndjson in the lake, or here for one in a bucket]",
    };
    readonly Option<string?> _deadLetters = new("--dead-letter-queue") { Description = "With --queue: URL of a queue for such messages instead" };
    readonly Option<double> _batchSeconds = new("--batch-seconds")
    {
        Description = "With --watch: how long what has arrived waits for more before it is committed",
        DefaultValueFactory = _ => 10,
    };
    readonly ReadingOptions _reading = new(ReadingParts.Logs | ReadingParts.Lake);

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var ingest = new IngestCommand();
        var command = new ExampledCommand("ingest", "Bring raw logs into a lake: Parquet files under a Delta log, each source once.") { ingest._sources };
        ingest._reading.AddFirstTo(command);
        Option[] own = [ingest._watch, ingest._raw, ingest._errors, ingest._clientErrors, ingest._queue, ingest._setAside, ingest._deadLetters, ingest._batchSeconds];
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        ingest._reading.AddRestTo(command);
        command.SetAction((parsed, _) => ingest.RunAsync(console, parsed));
        return command.WithExamples("millrace ingest 'logs/*.gz' --lake lake", "millrace ingest s3://my-logs/app/ --lake s3://my-lake/ --watch");
    }

    async Task<int> RunAsync(CommandConsole console, ParseResult parsed)
    {
        var request = new IngestRequest
        {
            Reading = _reading.Read(parsed, parsed.GetValue(_sources)!) with { Lake = null },
            Lake = _reading.Lake(parsed),
            KeepsRaw = parsed.GetValue(_raw),
            ErrorStore = parsed.GetValue(_errors),
            CountsClientErrors = parsed.GetValue(_clientErrors),
        };
        if (parsed.GetValue(_watch))
        {
            return await WatchAsync(console, parsed, request).ConfigureAwait(false);
        }

        Option[] ofWatching = [_queue, _setAside, _deadLetters, _batchSeconds];
        if (ofWatching.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new UserException($"{other.Name} goes with --watch. Add it, or leave {other.Name} out.", UserException.Usage);
        }

        await using var run = CommandRun.Open(console, parsed, _reading);
        var result = await IngestRun.RunAsync(run.Workplace, request, run.Listener, run.Stop).ConfigureAwait(false);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"version":{{result.Version}},"sources":{{result.Sources}},"known":{{result.Known}},"events":{{result.Events}},"rejects":{{result.Rejects}},"files":{{result.Files}},"bytes":{{result.Bytes}},"retries":{{result.Retries}}}"""));
        return 0;
    }

    /// <summary>The first Ctrl-C ends the receiving, and what was taken up is finished. The second ends the process, which loses nothing either.</summary>
    async Task<int> WatchAsync(CommandConsole console, ParseResult parsed, IngestRequest request)
    {
        var watch = new WatchRequest(request)
        {
            Queue = parsed.GetValue(_queue),
            SetAside = parsed.GetValue(_setAside),
            DeadLetters = parsed.GetValue(_deadLetters),
            BatchAge = BatchAge(parsed.GetValue(_batchSeconds)),
        };
        await using var run = CommandRun.Open(console, parsed, _reading);
        using var counters = new WatchCounters(run.Workplace.Clock);
        using (var status = new WatchStatus(counters))
        {
            var listener = new RunListener { Say = status.Say, Tell = _reading.IsVerbose(parsed) ? status.Say : static _ => { } };
            await WatchRun.RunAsync(run.Workplace, watch, counters, listener, run.Stop).ConfigureAwait(false);
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"version":{{counters.Version}},"sources":{{counters.Objects}},"known":{{counters.Duplicates}},"events":{{counters.Events}},"rejects":{{counters.Rejects}},"commits":{{counters.Commits}},"bytes":{{counters.Bytes}},"retries":{{counters.Retries}},"failures":{{counters.Failures}},"vanished":{{counters.Vanished}},"unread":{{counters.Unread}},"setAside":{{counters.SetAside}}}"""));
        return 0;
    }

    // What is no time at all is refused as what is too long is.
    static TimeSpan BatchAge(double seconds) => seconds is >= 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
}
