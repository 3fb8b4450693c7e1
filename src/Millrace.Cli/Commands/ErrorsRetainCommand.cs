using System.CommandLine;
using System.Globalization;
using Millrace.App;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Errors;
using Millrace.Events;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors retain --keep 90d</c>.</summary>
static class ErrorsRetainCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var store = new Option<string?>("--store") { Description = ErrorsExtractCommand.StoreHelp };
        var keep = new Option<string?>("--keep") { Description = "For how long errors stay, such as 90d or 12w [default: errors.keep in millrace.json]" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be dropped" };
        var config = new ConfigOption();
        var command = new ExampledCommand("retain", "Drop the errors of old days from a store; groups stay, with when they were first seen.") { store, keep, dry };
        config.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var run = new CommandRun(console, config.Read(parsed), isVerbose: false);
            var errors = run.Workplace.Settings.Errors;
            var name = parsed.GetValue(store) ?? errors.Store ?? throw new UserException($"There is no store to drop errors from. {ErrorStores.HowToName}", UserException.Usage);
            var days = parsed.GetValue(keep) is { } text ? ErrorSettings.ParseDays(text, "--keep") : errors.DaysKept
                ?? throw new UserException("No retention period is set, so all errors stay. Set one with --keep 90d, or in millrace.json: {\"errors\": {\"keep\": \"90d\"}}.", UserException.Usage);
            await RetainAsync(run, name, days, parsed.GetValue(dry)).ConfigureAwait(false);
            return 0;
        });
        return command.WithExamples("millrace errors retain --store errors.db --keep 90d");
    }

    static async Task RetainAsync(CommandRun run, string name, int days, bool isDry)
    {
        if (days <= ErrorReader.History.TotalDays)
        {
            run.Listener.Say(string.Create(
                CultureInfo.InvariantCulture, $"Reports compare with the {ErrorReader.History.TotalDays:0} days before. With {days} kept, what is older cannot be compared with."));
        }

        var from = run.Workplace.Clock.GetUtcNow().UtcDateTime.Date.AddDays(-days);
        using var store = await run.Workplace.BorrowErrorStoreAsync(name, creates: false, run.Stop).ConfigureAwait(false);
        var old = await store.Store.RetainAsync((from - DateTime.UnixEpoch).Days, isDry, run.Stop).ConfigureAwait(false);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"before":"{{InstantText.Format(new DateTimeOffset(from, TimeSpan.Zero))}}","errors":{{old.Errors}},"entries":{{old.Cells}},"done":{{(isDry ? "false" : "true")}}}"""));
    }
}
