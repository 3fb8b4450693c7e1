using System.CommandLine;
using System.Globalization;
using Millrace.Events;
using Millrace.Letters;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace mail</c>: what was sent, to whom, when and why, and what failed.</summary>
static class MailCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console) => new("mail", "What was mailed: to whom, when and why, and what failed.") { List(), Show(), Send(console) };

    static Command List()
    {
        var config = new ConfigOption();
        var command = new Command("list", "List the mails, the newest first, with how they stand for each recipient.");
        config.AddTo(command);
        command.SetAction(parsed =>
        {
            using var outbox = Open(config.ReadSettings(parsed));
            foreach (var entry in outbox.List())
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Id}  {InstantText.FormatSeconds(entry.Written)}  {entry.Reason}  {entry.Subject}"));
                foreach (var one in entry.Deliveries)
                {
                    Console.Out.WriteLine($"    {one.State.ToString().ToLowerInvariant()}  {one.Recipient}{(one.Detail.Length > 0 ? $"  {one.Detail}" : "")}");
                }
            }
        });
        return command;
    }

    static Command Show()
    {
        var number = new Argument<long>("number") { Description = "Number of the mail, as 'millrace mail list' gives it" };
        var config = new ConfigOption();
        var command = new Command("show", "Print a mail as it was sent, for a mail program to open (.eml).") { number };
        config.AddTo(command);
        command.SetAction(parsed =>
        {
            using var outbox = Open(config.ReadSettings(parsed));
            var id = parsed.GetValue(number);
            var bytes = outbox.Find(id) ?? throw new UserException(string.Create(CultureInfo.InvariantCulture, $"There is no mail {id}. 'millrace mail list' shows which there are."));
            using var output = new Output.StandardOutput();
            output.Write(bytes);
        });
        return command;
    }

    static Command Send(CommandConsole console)
    {
        var numbers = new Argument<long[]>("number") { Description = "Numbers of the mails, as 'millrace mail list' gives them", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All mails that failed or are pending, but for those of schedules that nobody got: the schedule's next mail covers them" };
        var refused = new Option<bool>("--refused") { Description = "Try also those whom the mail was refused for" };
        var config = new ConfigOption();
        var command = new Command("send", "Send mails again, as they were, to those alone who have not got them: what failed, or was left pending by a crash.") { numbers, all, refused };
        config.AddTo(command);
        command.SetAction((parsed, _) => SendAsync(Read(config.ReadSettings(parsed)), parsed.GetValue(numbers)!, parsed.GetValue(all), parsed.GetValue(refused), console.Stop));
        return command;
    }

    static async Task<int> SendAsync(MailSettings settings, long[] numbers, bool sendsAll, bool alsoRefused, CancellationToken stop)
    {
        if (numbers.Length > 0 == sendsAll)
        {
            throw new UserException("Name the mails to send again by their numbers, or all with --all. 'millrace mail list' shows which there are.", UserException.Usage);
        }

        var code = 0;
        foreach (var number in sendsAll ? Unsent(settings, alsoRefused) : numbers)
        {
            var receipt = await MailRooms.Open(settings).ResendAsync(number, alsoRefused, stop).ConfigureAwait(false);
            CommandConsole.Say(receipt is null
                ? string.Create(CultureInfo.InvariantCulture, $"Mail {number} is not sent again: {(alsoRefused ? "everybody has got it." : "whoever it was not refused for has got it.")}")
                : receipt.Failure ?? string.Create(CultureInfo.InvariantCulture, $"Mail {number} was sent to {string.Join(", ", receipt.Sent)}."));
            code = receipt is { Failure: not null } ? UserException.Failed : code;
        }

        return code;
    }

    static long[] Unsent(MailSettings settings, bool alsoRefused)
    {
        using var outbox = new Outbox(settings.Outbox, TimeProvider.System);
        long[] unsent = [.. outbox.List().Where(one => one.IsUnsent(alsoRefused) && (one.HasReachedAnyone || !ScheduledMail.IsReason(one.Reason))).Select(one => one.Id).Order()];
        if (unsent.Length == 0)
        {
            CommandConsole.Say("There is no mail to send again.");
        }

        return unsent;
    }

    static Outbox Open(Settings settings) => new(Read(settings).Outbox, TimeProvider.System);

    static MailSettings Read(Settings settings) =>
        MailRooms.SettingsIn(settings) ?? throw new UserException("The settings have no section 'mail', so that nothing was mailed. 'docs/mail.md' tells how to set it up.", UserException.Usage);
}
