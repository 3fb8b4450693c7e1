using System.CommandLine;
using System.Globalization;
using Millrace.Errors;
using Millrace.Events;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors retain --keep 90d</c>.</summary>
static class ErrorsRetainCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var store = new Option<string?>("--store") { Description = ErrorStores.Help };
        var keep = new Option<string?>("--keep") { Description = "For how long errors stay, such as 90d or 12w [default: errors.keep in millrace.json]" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be dropped" };
        var config = new ConfigOption();
        var command = new Command("retain", "Drop the errors of old days from a store; groups stay, with when they were first seen.") { store, keep, dry };
        config.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var errors = ErrorStores.SettingsIn(config.ReadSettings(parsed));
            var name = parsed.GetValue(store) ?? errors.Store ?? throw new UserException($"There is no store to drop errors from. {ErrorStores.HowToName}", UserException.Usage);
            var days = parsed.GetValue(keep) is { } text ? ErrorSettings.ParseDays(text, "--keep") : errors.DaysKept
                ?? throw new UserException("Nothing says for how long errors stay, so that all do. Say it with --keep 90d, or in millrace.json: {\"errors\": {\"keep\": \"90d\"}}.", UserException.Usage);
            return RunAsync(name, days, parsed.GetValue(dry), console.Stop);
        });
        return command;
    }

    static async Task<int> RunAsync(string name, int days, bool isDry, CancellationToken stop)
    {
        if (days <= ErrorReader.History.TotalDays)
        {
            CommandConsole.Say(string.Create(CultureInfo.InvariantCulture, $"Reports compare with the {ErrorReader.History.TotalDays:0} days before. With {days} kept, what is older cannot be compared with."));
        }

        var from = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-days);
        await using var store = await ErrorStores.OpenAsync(name, creates: false, stop).ConfigureAwait(false);
        var old = await store.RetainAsync((from - DateTime.UnixEpoch).Days, isDry, stop).ConfigureAwait(false);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"before":"{{InstantText.Format(new DateTimeOffset(from, TimeSpan.Zero))}}","errors":{{old.Errors}},"entries":{{old.Cells}},"done":{{(isDry ? "false" : "true")}}}"""));
        return 0;
    }
}
