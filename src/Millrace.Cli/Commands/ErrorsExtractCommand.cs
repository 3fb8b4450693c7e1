using System.CommandLine;
using System.Globalization;
using Millrace.Aws;
using Millrace.Cli.Output;
using Millrace.Errors.Store;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors extract SOURCE… --store FILE</c>.</summary>
static class ErrorsExtractCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
        var store = new Option<string?>("--store") { Description = ErrorStores.Help };
        var clientErrors = new Option<bool>("--client-errors") { Description = "Statuses from 400 are errors too, not only those from 500" };
        var reading = new ReadingOptions();
        var command = new Command("extract", "Bring the errors of logs into a store, each source once, for 'report errors --store'.") { sources, store, clientErrors };
        reading.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var errors = ErrorStores.SettingsIn(reading.ReadSettings(parsed));
            var name = parsed.GetValue(store) ?? errors.Store ?? throw new UserException($"There is no store to bring errors into. {ErrorStores.HowToName}", UserException.Usage);
            return RunAsync(reading.Read(parsed, console), parsed.GetValue(sources)!, name, parsed.GetValue(clientErrors) || errors.CountsClientErrors);
        });
        return command;
    }

    static async Task<int> RunAsync(Reading reading, string[] sources, string storeName, bool countsClientErrors)
    {
        if (reading.Since is not null)
        {
            throw new UserException("'errors extract' brings in all that a source holds: --since and --until do not go with it.", UserException.Usage);
        }

        using var objects = new S3Store(reading.S3);
        await using var rejects = reading.RejectsPath is { } path ? new RejectFile(Destination.Create(path, objects)) : null;
        await using var store = await ErrorStores.OpenAsync(storeName, creates: true, reading.Stop).ConfigureAwait(false);
        using var progress = new ScanProgress(reading.Status);
        var extraction = new ErrorExtraction(new ErrorIntake(store, TimeProvider.System), reading.Options(objects, rejects), countsClientErrors) { Scanning = progress.Begin, Scanned = progress.End };
        var result = await extraction.RunAsync(sources, reading.Stop).ConfigureAwait(false);
        if (rejects is not null)
        {
            await rejects.CommitAsync(reading.Stop).ConfigureAwait(false);
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"sources":{{result.Sources}},"known":{{result.Known}},"errors":{{result.Errors}}}"""));
        return 0;
    }
}
