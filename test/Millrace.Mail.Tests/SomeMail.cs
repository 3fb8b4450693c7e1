using System.Net.Mail;
using Millrace.Errors;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail.Tests;

/// <summary>Mails for the tests, with a log's worst in them.</summary>
static class SomeMail
{
    public static MailAddress From { get; } = new("reports@example.com");

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
        new MailFrame("millrace report status '<a>.log'", new Uri("https://logs.example.com/?a=1&b=2")));

    public static ErrorMail Errors { get; } =
        new(Digest(), ["logs/a b/*.gz"], MostGroups: 20, new MailFrame("millrace report errors 'logs/a b/*.gz'", new Uri("https://logs.example.com/")));

    /// <summary>Three of 1,234 hits: one usual, one with a log's worst in it, one of several lines without a time.</summary>
    public static SearchMail Search { get; } = new(
        new SearchFinding(
            ["timeout", "payment"],
            "timeout, payment where status>=500",
            new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            [
                new("logs/shop.log", 42, Morning.AddMilliseconds(250), "2026-11-22 10:00:00,250 ERROR payment 4711: timeout after 30 s"),
                new("logs/<b>.log", 7, Morning.AddSeconds(1), "=cmd()|' /C calc'!A0 \u202e<script>alert(1)</script> timeout payment"),
                new(
                    "s3://bucket/" + new string('k', 60) + "/shop.log.gz", 1_200_300, null,
                    "payment timeout\r\n\tat shop.Pay.run(Pay.java:1)\n" + new string('x', 500)),
            ],
            1234),
        new MailFrame("millrace search timeout payment --where 'status>=500' --in 'logs/*'", new Uri("https://logs.example.com/")));

    public static FailureMail Failure { get; } = new(
        new FailedRun(
            "morning",
            new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero),
            "The source 's3://logs/<shop>' cannot be read: access was denied \u202e(AccessDenied). Check the role of this machine.\r\n\tat bucket logs\n"),
        new MailFrame("millrace report errors s3://logs/ --since 2026-11-21T06:00:00Z", new Uri("https://logs.example.com/")));

    static DateTimeOffset Morning => new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static Letter Letter(params IReadOnlyList<string> to) =>
        MimeLetter.Write(Report.Render(), From, [.. to.Select(one => new MailAddress(one))], DateTimeOffset.UnixEpoch, null);

    /// <summary>A new group with a log's worst in it, a rising one, and one that is gone.</summary>
    static ErrorDigest Digest()
    {
        var until = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        long[] trend = [.. Enumerable.Range(0, 24).Select(hour => (long)(hour * 7 % 11))];
        var hostile = new ErrorGroup("3e475e678e0460e5", ErrorState.New, "<script>Exception", ["at <b>"], "=cmd() said <script>alert(1)</script> \u202e<*>", 12)
        {
            Share = 0.4,
            Expected = 0,
            FirstSeen = until.AddHours(-5),
            LastSeen = until.AddMinutes(-3),
            Trend = trend,
            Services = [new("order-service", 10), new("<img src=http://refused.test/x.png>", 2)],
            Callers = [new("=HYPERLINK(\"http://refused.test\")", 12)],
            Note = "ask <b>Anna</b>",
            Sample = new ErrorSample("</pre><script>alert(1)</script>\u001b[31m\n\tat a.b.C.d(C.java:1)\n" + new string('x', 500) + "\n4\n5\n6\n7 is too many", "logs/a b/1.gz", 42, until.AddHours(-5)),
        };
        var rising = new ErrorGroup("1649cb305b82d7b0", ErrorState.Rising, null, [], "Payment <*> was not confirmed", 18)
        {
            Share = 0.6,
            Expected = 3.5,
            FirstSeen = until.AddDays(-13),
            LastSeen = until,
            Trend = trend,
            Services = [new("payment-service", 18)],
        };
        var gone = new ErrorGroup("68fb67a68a26db0a", ErrorState.Gone, null, [], "Label <*> was not printed", 0) { Expected = 9, FirstSeen = until.AddDays(-14), LastSeen = until.AddDays(-2), Trend = new long[24] };
        return new ErrorDigest(until.AddDays(-1), until, [hostile, rising, gone], Errors: 33, Muted: 3, HasHistory: true);
    }
}
