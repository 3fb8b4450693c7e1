using System.CommandLine;
using System.Globalization;
using Millrace.App.Mailing;
using Millrace.App.Schedules;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Cli.Output;
using Millrace.Events;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace mail</c>: what was sent, to whom, when and why, and what failed.</summary>
static class MailCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console) =>
        new ExampledCommand("mail", "What was mailed: to whom, when and why, and what failed.") { List(console), Show(console), Send(console) }.WithExamples("millrace mail list");

    static Command List(CommandConsole console)
    {
        var config = new ConfigOption();
        var command = new ExampledCommand("list", "List the mails, the newest first, with how they stand for each recipient.");
        config.AddTo(command);
        command.SetAction((parsed, _) => WithOfficeAsync(console, config, parsed, (_, office) =>
        {
            using var outbox = office.OpenOutbox();
            foreach (var entry in outbox.List())
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Id}  {InstantText.FormatSeconds(entry.Written)}  {entry.Reason}  {entry.Subject}"));
                foreach (var one in entry.Deliveries)
                {
                    Console.Out.WriteLine($"    {one.State.ToString().ToLowerInvariant()}  {one.Recipient}{(one.Detail.Length > 0 ? $"  {one.Detail}" : "")}");
                }
            }

            return Task.FromResult(0);
        }));
        return command.WithExamples("millrace mail list");
    }

    static Command Show(CommandConsole console)
    {
        var number = new Argument<long>("number") { Description = "Number of the mail, as 'millrace mail list' gives it" };
        var config = new ConfigOption();
        var command = new ExampledCommand("show", "Print a mail as it was sent, for a mail program to open (.eml).") { number };
        config.AddTo(command);
        command.SetAction((parsed, _) => WithOfficeAsync(console, config, parsed, (_, office) =>
        {
            using var outbox = office.OpenOutbox();
            var id = parsed.GetValue(number);
            var bytes = outbox.Find(id) ?? throw new UserException(string.Create(CultureInfo.InvariantCulture, $"There is no mail {id}. 'millrace mail list' shows which there are."));
            using var output = new StandardOutput();
            output.Write(bytes);
            return Task.FromResult(0);
        }));
        return command.WithExamples("millrace mail show 12 > report.eml");
    }

    static Command Send(CommandConsole console)
    {
        var numbers = new Argument<long[]>("number") { Description = "Numbers of the mails, as 'millrace mail list' gives them", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all")
        {
            Description = "All mails that failed or are pending, but for those of schedules that nobody got: the schedule's next mail covers them",
        };
        var refused = new Option<bool>("--refused") { Description = "Try also those whom the mail was refused for" };
        var config = new ConfigOption();
        var command = new ExampledCommand("send", "Send mails again, as they were, to those alone who have not got them: what failed, or was left pending by a crash.") { numbers, all, refused };
        config.AddTo(command);
        command.SetAction((parsed, _) => parsed.GetValue(numbers)!.Length > 0 == parsed.GetValue(all)
            ? throw new UserException("Name the mails to send again by their numbers, or all with --all. 'millrace mail list' shows which there are.", UserException.Usage)
            : WithOfficeAsync(console, config, parsed, (run, office) =>
            {
                var alsoRefused = parsed.GetValue(refused);
                return SendAsync(run, office, parsed.GetValue(all) ? Unsent(run, office, alsoRefused) : parsed.GetValue(numbers)!, alsoRefused);
            }));
        return command.WithExamples("millrace mail send 12", "millrace mail send --all");
    }

    static async Task<int> SendAsync(CommandRun run, MailOffice office, long[] numbers, bool alsoRefused)
    {
        var code = 0;
        foreach (var number in numbers)
        {
            var receipt = await office.Room.ResendAsync(number, alsoRefused, run.Stop).ConfigureAwait(false);
            run.Listener.Say(receipt is null
                ? string.Create(CultureInfo.InvariantCulture, $"Mail {number} is not sent again: {(alsoRefused ? "everybody has got it." : "whoever it was not refused for has got it.")}")
                : receipt.Failure ?? string.Create(CultureInfo.InvariantCulture, $"Mail {number} was sent to {string.Join(", ", receipt.Sent)}."));
            code = receipt is { Failure: not null } ? UserException.Failed : code;
        }

        return code;
    }

    static long[] Unsent(CommandRun run, MailOffice office, bool alsoRefused)
    {
        using var outbox = office.OpenOutbox();
        long[] unsent = [.. outbox.List().Where(one => one.IsUnsent(alsoRefused) && (one.HasReachedAnyone || !ScheduledRuns.IsReason(one.Reason))).Select(one => one.Id).Order()];
        if (unsent.Length == 0)
        {
            run.Listener.Say("There is no mail to send again.");
        }

        return unsent;
    }

    static async Task<int> WithOfficeAsync(CommandConsole console, ConfigOption config, ParseResult parsed, Func<CommandRun, MailOffice, Task<int>> work)
    {
        await using var run = new CommandRun(console, config.Read(parsed), isVerbose: false);
        return await work(run, run.Workplace.Mail("Nothing was mailed")).ConfigureAwait(false);
    }
}
