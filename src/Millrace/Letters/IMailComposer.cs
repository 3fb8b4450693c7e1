using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>Composes mails and writes them as mail servers take them. The same input must give the same mail.</summary>
public interface IMailComposer
{
    /// <summary>The mail of a report. Reads its rows; what is held does not grow with them.</summary>
    MailContent Compose(ReportFinding finding, MailFrame frame);

    /// <summary>The mail of errors.</summary>
    MailContent Compose(ErrorFinding finding, MailFrame frame);

    /// <summary>The mail of a search.</summary>
    MailContent Compose(SearchFinding finding, MailFrame frame);

    /// <summary>The mail of a scheduled run that failed.</summary>
    MailContent Compose(FailedRun run, MailFrame frame);

    /// <summary>
    /// Writes a mail. Its Message-ID must depend on sender, recipients and either content or <paramref name="identity"/> alone, never on the date. Nothing
    /// in a subject may become a header.
    /// </summary>
    /// <param name="content">What it says.</param>
    /// <param name="from">Who sends it.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="date">When it is written.</param>
    /// <param name="identity">What makes it the same letter whatever it says, such as a schedule and its period; null where its content does.</param>
    Letter Write(MailContent content, MailAddress from, IReadOnlyList<MailAddress> to, DateTimeOffset date, string? identity);
}
