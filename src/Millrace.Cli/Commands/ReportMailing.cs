using System.CommandLine;
using System.CommandLine.Parsing;
using Millrace.Events;
using Millrace.Mail;
using Millrace.Queries;
using Millrace.Reports;
using MimeKit;

namespace Millrace.Cli.Commands;

/// <summary>A report that goes by mail: to whom, through what, and the words that asked for it.</summary>
sealed class ReportMailing(MailSettings settings, IReadOnlyList<MailboxAddress> to, IReadOnlyList<string> words)
{
    /// <summary>What the mail tells in its own way: whom it goes to, and the range as points in time.</summary>
    static readonly string[] Replaced = ["--mail-to", "--since", "--until", "--as-of"];

    /// <summary>Reads what mailing takes. Throws a <see cref="UserException"/> where the settings have no mail server or an address is none.</summary>
    public static ReportMailing Read(ParseResult parsed, string addresses, Settings settings)
    {
        var section = settings.Section("mail") ?? throw new UserException(
            "--mail-to needs a mail server, and the settings name none. Add to millrace.json: \"mail\": {\"from\": \"reports@example.com\", \"smtp\": {\"host\": \"mail.example.com\"}}.",
            UserException.Usage);
        var mail = MailSettings.Parse(section, settings.Path!, Environment.GetEnvironmentVariable);
        return new ReportMailing(mail, MailAddresses.Parse(addresses, "--mail-to"), [.. Words(parsed.Tokens)]);
    }

    /// <summary>Mails rows of a report.</summary>
    public async Task SendAsync(Report report, Reading reading, QueryResult rows)
    {
        var (since, until) = (reading.Since!.Value, reading.Until!.Value);
        string[] command = ["millrace", .. words, "--since", InstantText.Format(since), "--until", InstantText.Format(until)];
        var mail = new ReportMail(report, since, until, MailTable.Read(rows), string.Join(' ', command.Select(Quoted))) { Dashboard = settings.Dashboard };
        var content = mail.Render();
        await new MailRoom(settings, TimeProvider.System).SendAsync(content, to, $"report {report.Name}", reading.Stop).ConfigureAwait(false);
        CommandConsole.Say($"Mailed '{content.Subject}' to {string.Join(", ", to.Select(one => one.Address))}.");
    }

    static IEnumerable<string> Words(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Replaced.Contains(tokens[i].Value) && tokens[i].Type == TokenType.Option)
            {
                i++;
            }
            else
            {
                yield return tokens[i].Value;
            }
        }
    }

    /// <summary>A word as a POSIX shell takes it.</summary>
    static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
