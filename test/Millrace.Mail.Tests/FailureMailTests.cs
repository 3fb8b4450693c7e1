using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class FailureMailTests
{
    static readonly FailedRun Run = SomeMail.Failure.Run;

    readonly MailContent _content = SomeMail.Failure.Render();

    [Fact]
    public void The_text_is_as_reviewed() => Golden.Matches("Golden/failure.txt", _content.Text);

    [Fact]
    public void The_html_is_as_reviewed() => Golden.Matches("Golden/failure.html", _content.Html);

    [Fact]
    public void It_is_news_and_attaches_nothing()
    {
        Assert.Equal(MailNews.Some, _content.News);
        Assert.Empty(_content.Attachments);
    }

    [Theory]
    [InlineData("The lake is locked.", "FAILED: morning: The lake is locked.")]
    [InlineData("\n  One line.\nAnother line.", "FAILED: morning: One line.")]
    [InlineData(
        "a word that ends at the 80th character of the line is not cut, and whatever may be",
        "FAILED: morning: a word that ends at the 80th character of the line is not cut, and whatever may…")]
    [InlineData("", "FAILED: morning")]
    public void The_subject_has_the_first_words_of_the_reason(string reason, string subject) => Assert.Equal(subject, Of(Run with { Reason = reason }).Subject);

    [Fact]
    public void A_reason_without_blanks_is_cut_in_the_subject_and_whole_below()
    {
        var endless = new string('x', 1000);
        var content = Of(Run with { Reason = endless });

        Assert.Equal($"FAILED: morning: {endless[..80]}…", content.Subject);
        Assert.Contains(endless, content.Text, StringComparison.Ordinal);
        Assert.Contains(endless, content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_reason_is_markup_or_steers_the_reader()
    {
        Assert.DoesNotContain("<shop>", _content.Html, StringComparison.Ordinal);
        Assert.All(_content.Html + _content.Text + _content.Subject, c => Assert.False((char.IsControl(c) && c != '\n') || c is '\u202e', $"U+{(int)c:x4}"));
    }

    static MailContent Of(FailedRun run) => new MailComposer().Compose(run, SomeMail.Failure.Frame);
}
