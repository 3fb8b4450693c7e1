using System.Net.Mail;
using System.Text;
using Millrace.Letters;

namespace Millrace.Tests.Letters;

/// <summary>Writes letters of plain text, and composes none.</summary>
sealed class PlainComposer : IMailComposer
{
    public MailContent Compose(ReportFinding finding, MailFrame frame) => throw new NotSupportedException();

    public MailContent Compose(ErrorFinding finding, MailFrame frame) => throw new NotSupportedException();

    public MailContent Compose(SearchFinding finding, MailFrame frame) => throw new NotSupportedException();

    public MailContent Compose(FailedRun run, MailFrame frame) => throw new NotSupportedException();

    public Letter Write(MailContent content, MailAddress from, IReadOnlyList<MailAddress> to, DateTimeOffset date, string? identity)
    {
        var id = $"{identity ?? content.Subject}@{from.Host}";
        var text = $"From: {from}\r\nTo: {string.Join(", ", to)}\r\nSubject: {content.Subject}\r\nDate: {date:r}\r\nMessage-ID: <{id}>\r\n\r\n{content.Text}\r\n";
        return new Letter(from, to, content.Subject, id, Encoding.UTF8.GetBytes(text));
    }
}
