using System.Text;
using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class ReportMailTests
{
    readonly MailContent _content = SomeMail.Report.Render();

    [Fact]
    public void The_text_is_as_reviewed() => Golden.Matches("Golden/status.txt", _content.Text);

    [Fact]
    public void The_html_is_as_reviewed() => Golden.Matches("Golden/status.html", _content.Html);

    [Fact]
    public void The_subject_tells_the_state() => Assert.Equal("status: 5 rows, 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z", _content.Subject);

    [Fact]
    public void Nothing_of_a_log_is_markup_or_a_formula()
    {
        var csv = Encoding.UTF8.GetString(Assert.Single(_content.Attachments).Bytes);

        Assert.DoesNotContain("<script", _content.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', _content.Html + _content.Text);
        Assert.DoesNotContain("\nBcc", _content.Html + _content.Text, StringComparison.Ordinal);
        Assert.Contains("\n'=cmd()", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_found_nothing_says_so_and_attaches_nothing()
    {
        var content = (SomeMail.Report with { Table = MailTable.Read([new MailColumn("n", true)], []) }).Render();

        Assert.StartsWith("status: nothing found, ", content.Subject, StringComparison.Ordinal);
        Assert.Contains("Nothing was found.", content.Text, StringComparison.Ordinal);
        Assert.Empty(content.Attachments);
    }

    [Fact]
    public void A_column_that_is_empty_is_attached_and_not_shown()
    {
        var table = MailTable.Read([new MailColumn("service", false), new MailColumn("requests", true)], [[null, "7"], ["", "8"]]);

        var content = (SomeMail.Report with { Table = table }).Render();

        Assert.DoesNotContain("service", content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("service", content.Text, StringComparison.Ordinal);
        Assert.Contains("requests", content.Text, StringComparison.Ordinal);
        Assert.StartsWith("service,requests", System.Text.Encoding.UTF8.GetString(content.Attachments[0].Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_rows_the_first_are_shown_and_all_are_attached()
    {
        var table = MailTable.Read([new MailColumn("n", true)], Enumerable.Range(0, 1000).Select(i => new[] { $"{i}" }));
        var content = (SomeMail.Report with { Table = table }).Render();

        Assert.Contains("1,000 rows. The first 50 are below. All are attached as CSV.", content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n50\n", content.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n999\n", Encoding.UTF8.GetString(content.Attachments[0].Bytes), StringComparison.Ordinal);
    }
}
