using System.CommandLine;
using System.Data.Common;
using Millrace.App.Schedules;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Events;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace schedule</c>: reports and searches that are mailed at certain times.</summary>
static class ScheduleCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console) =>
        new ExampledCommand("schedule", "Reports and searches that are mailed at certain times, as millrace.json says.") { List(console), Run(console), History(console) }.WithExamples("millrace schedule run");

    static Command List(CommandConsole console)
    {
        var config = new ConfigOption();
        var command = new ExampledCommand("list", "List the schedules: what is mailed to whom, when next, and what is due.");
        config.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var run = new CommandRun(console, config.Read(parsed), isVerbose: false);
            var runs = new ScheduledRuns(run.Workplace, run.Listener);
            foreach (var schedule in run.Workplace.Settings.Schedules)
            {
                var next = schedule.After(run.Workplace.Clock.GetUtcNow()) is { } time ? InstantText.Format(time) : "never";
                Console.Out.WriteLine($"{schedule.Name}  {schedule.Request.Title}  {schedule.Cron} ({schedule.Zone.Id})  to {schedule.To}  next {next}");
                if (runs.Due(schedule) is { } period)
                {
                    Console.Out.WriteLine($"    due: {Range(period)}");
                }
            }

            return 0;
        });
        return command.WithExamples("millrace schedule list");
    }

    static Command Run(CommandConsole console)
    {
        var name = new Argument<string?>("name") { Description = "The schedule; all where none is named", Arity = ArgumentArity.ZeroOrOne };
        var untilNow = new Option<bool>("--now") { Description = "Cover what has passed up to now, also between two times of the schedule" };
        var config = new ConfigOption();
        var command = new ExampledCommand("run", "Run what is due, and mail it: from where the last report ended, so that a late run covers what it missed.") { name, untilNow };
        config.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var run = new CommandRun(console, config.Read(parsed), isVerbose: false);
            return await RunAsync(run, parsed.GetValue(name), parsed.GetValue(untilNow)).ConfigureAwait(false);
        });
        return command.WithExamples("millrace schedule run", "millrace schedule run morning --now");
    }

    static Command History(CommandConsole console)
    {
        var name = new Argument<string?>("name") { Description = "The schedule; all where none is named", Arity = ArgumentArity.ZeroOrOne };
        var config = new ConfigOption();
        var command = new ExampledCommand("history", "List the runs, the newest first: what each covered, and how it ended.") { name };
        config.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var run = new CommandRun(console, config.Read(parsed), isVerbose: false);
            foreach (var one in run.Workplace.History.List(parsed.GetValue(name)))
            {
                Console.Out.WriteLine(
                    $"{InstantText.FormatSeconds(one.Started)}  {one.Schedule}  {Range(one.Period)}  {one.State.ToString().ToLowerInvariant()}{(one.Detail.Length > 0 ? $"  {one.Detail}" : "")}");
            }

            return 0;
        });
        return command.WithExamples("millrace schedule history morning");
    }

    static async Task<int> RunAsync(CommandRun run, string? name, bool untilNow)
    {
        var all = run.Workplace.Settings.Schedules;
        IReadOnlyList<Schedule> wanted = name is null ? all
            : [all.FirstOrDefault(one => one.Name == name) ?? throw new UserException($"There is no schedule '{name}'. 'millrace schedule list' shows which there are.", UserException.Usage)];
        var runs = new ScheduledRuns(run.Workplace, run.Listener);
        var code = 0;
        foreach (var schedule in wanted)
        {
            try
            {
                code = Math.Max(code, await RunAsync(run, runs, schedule, untilNow).ConfigureAwait(false));
            }
            catch (Exception e) when (wanted.Count > 1 && e is UserException or DbException or IOException)
            {
                // One that fails does not keep the others.
                run.Listener.Say($"'{schedule.Name}': {e.Message}");
                code = Math.Max(code, (e as UserException)?.ExitCode ?? UserException.Failed);
            }
        }

        return code;
    }

    static async Task<int> RunAsync(CommandRun run, ScheduledRuns runs, Schedule schedule, bool untilNow)
    {
        var outcome = await runs.RunAsync(schedule, untilNow, run.Stop).ConfigureAwait(false);
        if (outcome is null)
        {
            var next = schedule.After(run.Workplace.Clock.GetUtcNow()) is { } time ? $" before {InstantText.Format(time)}" : "";
            run.Listener.Say($"'{schedule.Name}' is not due{next}.");
        }

        if (outcome is not { Failure: { } failure })
        {
            return 0;
        }

        run.Listener.Say(failure);
        return UserException.Failed;
    }

    static string Range(SchedulePeriod period) => $"{InstantText.Format(period.Since)} to {InstantText.Format(period.Until)}";
}
