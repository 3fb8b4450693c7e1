using System.Text;
using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class SearchMailTests
{
    static readonly SearchFinding Finding = SomeMail.Search.Finding;

    readonly MailContent _content = SomeMail.Search.Render();

    [Fact]
    public void The_text_is_as_reviewed() => Golden.Matches("Golden/search.txt", _content.Text);

    [Fact]
    public void The_html_is_as_reviewed() => Golden.Matches("Golden/search.html", _content.Html);

    [Fact]
    public void The_attachment_is_as_reviewed() => Golden.Matches("Golden/search.csv", Encoding.UTF8.GetString(Assert.Single(_content.Attachments).Bytes));

    [Fact]
    public void The_subject_tells_terms_hits_and_range()
    {
        Assert.Equal("search timeout, payment: 1,234 hits, 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z", _content.Subject);
        Assert.Equal("search timeout, payment: 1 hit, since 2026-11-21T12:00:00Z", Of(Finding with { Hits = 1, Until = null }).Subject);
        Assert.Equal("search status>=500: 1,234 hits, until 2026-11-22T12:00:00Z", Of(Finding with { Terms = [], Question = "status>=500", Since = null }).Subject);
        Assert.Equal("search timeout, payment: 1,234 hits", Of(Finding with { Since = null, Until = null }).Subject);
        Assert.InRange(Of(Finding with { Terms = [new string('x', 1000)] }).Subject.Length, 80, 200);
    }

    [Fact]
    public void Nothing_of_a_log_is_markup_or_steers_the_reader()
    {
        Assert.DoesNotContain("<script", _content.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", _content.Html, StringComparison.Ordinal);
        Assert.All(_content.Html + _content.Text + _content.Subject, c => Assert.False((char.IsControl(c) && c != '\n') || c is '\u202e', $"U+{(int)c:x4}"));
    }

    [Fact]
    public void A_search_that_found_nothing_says_so_and_attaches_nothing()
    {
        var content = Of(Finding with { FirstHits = [], Hits = 0 });

        Assert.Equal((MailNews.Nothing, MailNews.Some), (content.News, _content.News));
        Assert.StartsWith("search timeout, payment: nothing found, ", content.Subject, StringComparison.Ordinal);
        Assert.Contains("Nothing was found.", content.Text, StringComparison.Ordinal);
        Assert.Empty(content.Attachments);
        Assert.DoesNotContain("<table", content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_hits_the_first_are_shown_and_all_are_attached()
    {
        var content = Of(Finding with { FirstHits = Hits(1000), Hits = 1000 });

        Assert.Contains("1,000 hits. The first 50 are below. All are attached as CSV.", content.Text, StringComparison.Ordinal);
        Assert.Contains("line 50<", content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("line 51<", content.Html, StringComparison.Ordinal);
        Assert.EndsWith("\na.log,1000,,timeout 1000\n", Encoding.UTF8.GetString(content.Attachments[0].Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Few_hits_are_shown_whole() =>
        Assert.Contains("2 hits. All are attached as CSV.", Of(Finding with { FirstHits = Hits(2), Hits = 2 }).Text, StringComparison.Ordinal);

    [Fact]
    public void Hits_too_large_for_a_mail_are_left_to_the_command()
    {
        var large = new FoundHit("a.log", 1, null, new string('x', 7 << 20));

        var some = Of(Finding with { FirstHits = [.. Hits(2), large], Hits = 3 });
        var none = Of(Finding with { FirstHits = [large], Hits = 1 });

        Assert.Contains("3 hits. The first 2 are attached as CSV. The command below prints all.", some.Text, StringComparison.Ordinal);
        Assert.Contains("1 hit. Nothing is attached, since it would be too large for a mail. The command below prints all.", none.Text, StringComparison.Ordinal);
        Assert.Empty(none.Attachments);
        Assert.InRange(some.Html.Length + none.Html.Length, 1, 10_000);
    }

    static FoundHit[] Hits(int count) => [.. Enumerable.Range(1, count).Select(i => new FoundHit("a.log", i, null, $"timeout {i}"))];

    static MailContent Of(SearchFinding finding) => new MailComposer().Compose(finding, SomeMail.Search.Frame);
}
