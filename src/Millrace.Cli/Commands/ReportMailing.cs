using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Mail;
using Millrace.Errors;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Mail;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Cli.Commands;

/// <summary>A report that goes by mail: to whom, through what, and the words that asked for it.</summary>
sealed class ReportMailing(MailSettings settings, IReadOnlyList<MailAddress> to, IReadOnlyList<string> words, ScheduledMail? scheduled)
{
    /// <summary>What <c>--mail-to</c> does.</summary>
    public const string Description = "Mail the report to these addresses, with commas between them, instead of printing it";

    /// <summary>What the mail tells in its own way: whom it goes to, and the range as points in time.</summary>
    static readonly string[] Replaced = ["--mail-to", "--since", "--until", "--as-of"];

    /// <summary>Reads what mailing takes. Throws a <see cref="UserException"/> where the settings have no mail server or an address is none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="addresses">Whom the report goes to.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="scheduled">The run of a schedule that it is for; null where a person asked.</param>
    public static ReportMailing Read(ParseResult parsed, string addresses, Settings settings, ScheduledMail? scheduled)
    {
        var mail = MailRooms.SettingsIn(settings) ?? throw new UserException(
            "--mail-to needs a mail server, and the settings name none. Add to millrace.json: \"mail\": {\"from\": \"reports@example.com\", \"smtp\": {\"host\": \"mail.example.com\"}}, or \"ses\": {\"region\": \"eu-central-1\"} instead of \"smtp\".",
            UserException.Usage);
        return new ReportMailing(mail, MailAddresses.Parse(addresses, "--mail-to"), [.. Words(parsed.Tokens)], scheduled);
    }

    /// <summary>Mails rows of a report.</summary>
    public Task SendAsync(Report report, Reading reading, QueryResult rows)
    {
        var (since, until) = (reading.Since!.Value, reading.Until!.Value);
        return SendAsync(new MailComposer().Compose(new ReportFinding(report, since, until, rows), Frame(since, until)), report.Name, reading.Stop);
    }

    /// <summary>Mails errors.</summary>
    public Task SendAsync(ErrorDigest digest, IReadOnlyList<string> sources, int mostGroups, CancellationToken stop) =>
        SendAsync(new MailComposer().Compose(new ErrorFinding(digest, sources, mostGroups), Frame(digest.Since, digest.Until)), ReportErrorsCommand.Name, stop);

    async Task SendAsync(MailContent content, string report, CancellationToken stop)
    {
        if (scheduled?.Skips(content) is true)
        {
            CommandConsole.Say($"Nothing was mailed: {content.Subject}.");
            return;
        }

        var receipt = await MailRooms.Open(settings).DeliverAsync(content, to, scheduled?.Reason ?? $"report {report}", scheduled?.Identity, stop).ConfigureAwait(false);
        scheduled?.Note(content, receipt);
        if (receipt.Failure is { } failure)
        {
            throw new UserException(failure);
        }

        CommandConsole.Say($"Mailed '{content.Subject}' to {string.Join(", ", to.Select(one => one.Address))}.");
    }

    MailFrame Frame(DateTimeOffset since, DateTimeOffset until) => new(Command(since, until), settings.Dashboard);

    string Command(DateTimeOffset since, DateTimeOffset until) =>
        string.Join(' ', ((string[])["millrace", .. words, "--since", InstantText.Format(since), "--until", InstantText.Format(until)]).Select(Quoted));

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
