using System.CommandLine;
using System.Globalization;
using Millrace.App.Ingestion;
using Millrace.Cli.Help;
using Millrace.Cli.Options;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors extract SOURCE… --store FILE</c>.</summary>
static class ErrorsExtractCommand
{
    /// <summary>What an option that names an error store says in a command's help.</summary>
    public const string StoreHelp = "A file that keeps errors, or dynamodb:TABLE [default: errors.store in millrace.json]";

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
        var store = new Option<string?>("--store") { Description = StoreHelp };
        var clientErrors = new Option<bool>("--client-errors") { Description = "Count statuses from 400 as errors, not only those from 500" };
        var reading = new ReadingOptions(ReadingParts.Logs);
        var command = new ExampledCommand("extract", "Bring the errors of logs into a store, each source once, for 'report errors --store'.") { sources, store, clientErrors };
        reading.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var run = CommandRun.Open(console, parsed, reading);
            var request = reading.Read(parsed, parsed.GetValue(sources)!);
            var result = await ExtractRun.RunAsync(run.Workplace, request, parsed.GetValue(store), parsed.GetValue(clientErrors), run.Listener, run.Stop).ConfigureAwait(false);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"sources":{{result.Sources}},"known":{{result.Known}},"errors":{{result.Errors}}}"""));
            return 0;
        });
        return command.WithExamples("millrace errors extract 'logs/*.gz' --store errors.db");
    }
}
