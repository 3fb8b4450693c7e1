using Millrace.Mail;
using Millrace.Reports;
using MimeKit;

namespace Millrace.Tests.Mail;

/// <summary>Mails for the tests, with a log's worst in them.</summary>
static class SomeMail
{
    public static MailboxAddress From { get; } = new("", "reports@example.com");

    public static MailTable Table { get; } = MailTable.Read(
        [new MailColumn("endpoint", false), new MailColumn("requests", true)],
        [
            ["/orders/{id}", "1200"],
            ["<script>alert(1)</script>", "-7"],
            ["=cmd()|' /C calc'!A0", "3"],
            ["up\u202egnp.exe\r\nBcc: everybody@example.com", "2"],
            [null, "1"],
        ]);

    public static ReportMail Report { get; } = new(
        ReportTable.Status,
        new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        Table,
        "millrace report status '<a>.log'")
    { Dashboard = new Uri("https://logs.example.com/?a=1&b=2") };

    public static Letter Letter(params IReadOnlyList<string> to) => new(Report.Render(), From, [.. to.Select(one => new MailboxAddress("", one))], DateTimeOffset.UnixEpoch);
}
