using System.Net.Mail;
using Millrace.Letters;

namespace Millrace.Mail;

/// <summary>Composes mails with tables, charts and CSV, and writes them as MIME.</summary>
public sealed class MailComposer : IMailComposer
{
    /// <inheritdoc/>
    public MailContent Compose(ReportFinding finding, MailFrame frame) =>
        new ReportMail(finding.Report, finding.Since, finding.Until, MailTable.Read(finding.Rows), frame).Render();

    /// <inheritdoc/>
    public MailContent Compose(ErrorFinding finding, MailFrame frame) => new ErrorMail(finding.Digest, finding.Sources, finding.MostGroups, frame).Render();

    /// <inheritdoc/>
    public MailContent Compose(SearchFinding finding, MailFrame frame) => new SearchMail(finding, frame).Render();

    /// <inheritdoc/>
    public MailContent Compose(FailedRun run, MailFrame frame) => new FailureMail(run, frame).Render();

    /// <inheritdoc/>
    public Letter Write(MailContent content, MailAddress from, IReadOnlyList<MailAddress> to, DateTimeOffset date, string? identity) =>
        MimeLetter.Write(content, from, to, date, identity);
}
