using System.CommandLine;
using System.Globalization;
using Millrace.Aws;
using Millrace.Cli.Output;
using Millrace.Errors.Store;
using Millrace.Lake.Ingestion;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace ingest SOURCE… --lake DIR</c>.</summary>
static class IngestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
        var raw = new Option<bool>("--keep-raw") { Description = "Keep each line as it was, in the column raw" };
        var errors = new Option<string?>("--errors") { Description = $"Keep the errors of what is brought in, for 'report errors --store': {char.ToLowerInvariant(ErrorStores.Help[0])}{ErrorStores.Help[1..]}" };
        var clientErrors = new Option<bool>("--client-errors") { Description = "Of the errors that are kept: statuses from 400 are errors too, not only those from 500" };
        var reading = new ReadingOptions();
        var command = new Command("ingest", "Bring raw logs into a lake: Parquet files under a Delta log, each source once.") { sources, raw, errors, clientErrors };
        var watch = new IngestWatch();
        watch.AddTo(command);
        reading.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var settings = ErrorStores.SettingsIn(reading.ReadSettings(parsed));
            var kept = new KeptErrors(parsed.GetValue(errors) ?? settings.Store, parsed.GetValue(clientErrors) || settings.CountsClientErrors);
            return kept.Store is null && parsed.GetValue(clientErrors)
                ? throw new UserException("--client-errors is said of errors that are kept, and there is no store for them. Name one with --errors, or leave it out.", UserException.Usage)
                : RunAsync(reading.Read(parsed, console), parsed.GetValue(sources)!, parsed.GetValue(raw), kept, watch.IsAskedFor(parsed) ? watch : null, parsed);
        });
        return command;
    }

    static async Task<int> RunAsync(Reading reading, string[] sources, bool keepsRaw, KeptErrors errors, IngestWatch? watch, ParseResult parsed)
    {
        var choice = reading.Lake ?? throw new UserException("There is no lake to ingest into. Name one with --lake DIR, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.", UserException.Usage);
        if (reading.Since is not null || reading.Lake.At is not null)
        {
            throw new UserException("'ingest' brings in all that a source holds: --since, --until and --at do not go with it.", UserException.Usage);
        }

        using var store = new S3Store(reading.S3);
        var rejects = reading.RejectsPath is { } path ? new RejectFile(Destination.Create(path, store)) : null;
        try
        {
            await using var kept = errors.Store is null ? null : await ErrorStores.OpenAsync(errors.Store, creates: true, reading.Stop).ConfigureAwait(false);
            var options = new IngestOptions
            {
                Query = reading.Options(store, rejects) with { Database = null },
                KeepsRaw = keepsRaw,
                BeforeCommit = kept is null ? null : new ErrorArrivals(new ErrorIntake(kept, TimeProvider.System), errors.CountsClientErrors).TakeAsync,
            };
            if (watch is not null)
            {
                var code = await watch.RunAsync(parsed, reading, choice, options, sources, store).ConfigureAwait(false);
                await CommitAsync(rejects).ConfigureAwait(false);
                return code;
            }

            using var progress = new ScanProgress(reading.Status);
            var ingest = new LakeIngest(choice.Open(store), options) { Scanning = progress.Begin, Scanned = progress.End };
            var result = await ingest.RunAsync(sources, reading.Stop).ConfigureAwait(false);
            await CommitAsync(rejects).ConfigureAwait(false);
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"version":{{result.Version}},"sources":{{result.Sources}},"known":{{result.Known}},"events":{{result.Events}},"rejects":{{result.Rejects}},"files":{{result.Files}},"bytes":{{result.Bytes}},"retries":{{result.Retries}}}"""));
            return 0;
        }
        finally
        {
            if (rejects is not null)
            {
                await rejects.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // What was read is committed, and its rejects are told also when the command is being stopped.
    static Task CommitAsync(RejectFile? rejects) => rejects?.CommitAsync(CancellationToken.None) ?? Task.CompletedTask;

    /// <summary>The store that errors go into as well, null where they go nowhere, and what counts as one.</summary>
    sealed record KeptErrors(string? Store, bool CountsClientErrors);
}
