using System.CommandLine;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Schedules;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace schedule</c>: reports that are mailed at certain times.</summary>
static class ScheduleCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console) => new("schedule", "Reports that are mailed at certain times, as millrace.json says.") { List(), Run(console), History() };

    static Command List()
    {
        var config = new ConfigOption();
        var command = new Command("list", "List the schedules: what is mailed to whom, when next, and what is due.");
        config.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = config.ReadSettings(parsed);
            using var history = OpenHistory(settings);
            var runner = new ScheduleRunner(history, TimeProvider.System);
            foreach (var schedule in Read(settings))
            {
                var next = schedule.After(TimeProvider.System.GetUtcNow()) is { } time ? InstantText.Format(time) : "never";
                Console.Out.WriteLine($"{schedule.Name}  report {schedule.Report}  {schedule.Cron} ({schedule.Zone.Id})  to {schedule.To}  next {next}");
                if (runner.Due(schedule) is { } period)
                {
                    Console.Out.WriteLine($"    due: {Range(period)}");
                }
            }
        });
        return command;
    }

    static Command Run(CommandConsole console)
    {
        var name = new Argument<string?>("name") { Description = "The schedule; all where none is named", Arity = ArgumentArity.ZeroOrOne };
        var untilNow = new Option<bool>("--now") { Description = "Cover what has passed up to now, also between two times of the schedule" };
        var config = new ConfigOption();
        var command = new Command("run", "Run what is due, and mail it: from where the last report ended, so that a late run covers what it missed.") { name, untilNow };
        config.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(console, config.ReadSettings(parsed), parsed.GetValue(name), parsed.GetValue(untilNow)));
        return command;
    }

    static Command History()
    {
        var name = new Argument<string?>("name") { Description = "The schedule; all where none is named", Arity = ArgumentArity.ZeroOrOne };
        var config = new ConfigOption();
        var command = new Command("history", "List the runs, the newest first: what each covered, and how it ended.") { name };
        config.AddTo(command);
        command.SetAction(parsed =>
        {
            using var history = OpenHistory(config.ReadSettings(parsed));
            foreach (var run in history.List(parsed.GetValue(name)))
            {
                Console.Out.WriteLine($"{InstantText.FormatSeconds(run.Started)}  {run.Schedule}  {Range(run.Period)}  {run.State.ToString().ToLowerInvariant()}{(run.Detail.Length > 0 ? $"  {run.Detail}" : "")}");
            }
        });
        return command;
    }

    static async Task<int> RunAsync(CommandConsole console, Settings settings, string? name, bool untilNow)
    {
        var all = Read(settings);
        var wanted = name is null ? all : [all.FirstOrDefault(one => one.Name == name) ?? throw new UserException($"There is no schedule '{name}'. 'millrace schedule list' shows which there are.", UserException.Usage)];
        using var history = OpenHistory(settings);
        var runner = new ScheduleRunner(history, TimeProvider.System);

        // Sources stand relative to the settings, since whoever starts a schedule starts it anywhere.
        var file = Path.GetFullPath(settings.Path!);
        Directory.SetCurrentDirectory(Path.GetDirectoryName(file)!);
        var code = 0;
        foreach (var schedule in wanted)
        {
            try
            {
                code = Math.Max(code, await ResendAsync(settings, schedule, console.Stop).ConfigureAwait(false));
                var outcome = await runner.RunAsync(schedule, untilNow, period => MailAsync(console, schedule, period, file)).ConfigureAwait(false);
                if (outcome is { Failure: { } failure })
                {
                    CommandConsole.Say(failure);
                    code = UserException.Failed;
                }

                if (outcome is null)
                {
                    CommandConsole.Say($"'{schedule.Name}' is not due{(schedule.After(TimeProvider.System.GetUtcNow()) is { } next ? $" before {InstantText.Format(next)}" : "")}.");
                }
            }
            catch (UserException e) when (wanted.Count > 1)
            {
                // One that fails does not keep the others.
                CommandConsole.Say($"'{schedule.Name}': {e.Message}");
                code = Math.Max(code, e.ExitCode);
            }
        }

        return code;
    }

    /// <summary>Brings mails of earlier runs, which reached some, to those for whom they failed.</summary>
    static async Task<int> ResendAsync(Settings settings, Schedule schedule, CancellationToken stop)
    {
        var code = 0;
        foreach (var (subject, receipt) in await MailRooms.Open(ReadMail(settings)).ResendHalfSentAsync(ScheduledMail.ReasonOf(schedule), stop).ConfigureAwait(false))
        {
            CommandConsole.Say(receipt.Failure ?? $"Mailed '{subject}' to {string.Join(", ", receipt.Sent)} as well.");
            code = receipt.Failure is null ? code : UserException.Failed;
        }

        return code;
    }

    /// <summary>Runs the report as its command line would.</summary>
    static async Task<ScheduleOutcome> MailAsync(CommandConsole console, Schedule schedule, SchedulePeriod period, string settings)
    {
        var mail = new ScheduledMail(schedule, period);
        var root = new RootCommand { ReportCommand.Create(console, mail) };
        string[] words =
        [
            "report", schedule.Report, .. schedule.Arguments,
            "--since", InstantText.Format(period.Since), "--until", InstantText.Format(period.Until), "--mail-to", schedule.To, "--config", settings,
        ];
        var parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var mistakes = UsageErrors.Of(parsed);
        if (mistakes.Count > 0)
        {
            throw new UserException($"The schedule '{schedule.Name}' cannot be run: {mistakes[0]}", UserException.Usage);
        }

        try
        {
            await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, console.Stop).ConfigureAwait(false);
        }
        catch (UserException) when (mail.Outcome is { Failure: not null })
        {
            // Some have got it.
            return mail.Outcome;
        }

        return mail.Outcome ?? throw new UserException($"The schedule '{schedule.Name}' cannot be run: 'report {schedule.Report}' mails nothing.", UserException.Usage);
    }

    static IReadOnlyList<Schedule> Read(Settings settings) => settings.Section("schedules") is { } section
        ? ScheduleSettings.Parse(section, settings.Path!)
        : throw new UserException("The settings have no section 'schedules'. 'docs/mail.md' tells how to set one up.", UserException.Usage);

    static ScheduleHistory OpenHistory(Settings settings) => new(ReadMail(settings).Outbox, TimeProvider.System);

    static MailSettings ReadMail(Settings settings) =>
        MailRooms.SettingsIn(settings) ?? throw new UserException("Schedules send mail, and the settings have no section 'mail'. 'docs/mail.md' tells how to set it up.", UserException.Usage);

    static string Range(SchedulePeriod period) => $"{InstantText.Format(period.Since)} to {InstantText.Format(period.Until)}";
}
