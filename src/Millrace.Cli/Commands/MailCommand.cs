using System.CommandLine;
using System.Globalization;
using Millrace.Events;
using Millrace.Mail;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace mail</c>: what was sent, to whom, when and why, and what failed.</summary>
static class MailCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("mail", "What was mailed: to whom, when and why, and what failed.") { List(), Show() };

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
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Id}  {InstantText.Format(entry.Written)}  {entry.Reason}  {entry.Subject}"));
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

    static Outbox Open(Settings settings)
    {
        var section = settings.Section("mail") ?? throw new UserException("The settings have no section 'mail', so that nothing was mailed. 'docs/mail.md' tells how to set it up.", UserException.Usage);
        return new Outbox(MailSettings.Parse(section, settings.Path!, Environment.GetEnvironmentVariable).Outbox, TimeProvider.System);
    }
}
