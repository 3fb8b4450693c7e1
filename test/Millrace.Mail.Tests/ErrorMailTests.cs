using System.Text;
using Millrace.Errors;
using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class ErrorMailTests
{
    readonly MailContent _content = SomeMail.Errors.Render();

    [Fact]
    public void The_text_is_as_reviewed() => Golden.Matches("Golden/errors.txt", _content.Text);

    [Fact]
    public void The_html_is_as_reviewed() => Golden.Matches("Golden/errors.html", _content.Html);

    [Fact]
    public void The_attachment_is_as_reviewed() => Golden.Matches("Golden/errors.csv", Encoding.UTF8.GetString(Assert.Single(_content.Attachments).Bytes));

    [Fact]
    public void The_subject_tells_the_state_and_where() => Assert.Equal("1 new, 1 rising: payment-service, order-service and 1 more", _content.Subject);

    [Fact]
    public void Nothing_of_a_log_is_markup_or_steers_the_reader()
    {
        Assert.DoesNotContain("<script", _content.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", _content.Html, StringComparison.Ordinal);
        Assert.All(_content.Html + _content.Text + _content.Subject, c => Assert.False((char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u202e', $"U+{(int)c:x4}"));
    }

    [Fact]
    public void What_a_sample_says_is_cut()
    {
        Assert.DoesNotContain("7 is too many", _content.Html + _content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 200), _content.Html + _content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_as_long_as_a_line_is_cut()
    {
        var endless = new string('x', 5 << 20);
        var digest = SomeMail.Errors.Digest with { Groups = [SomeMail.Errors.Digest.Groups[0] with { Template = endless, Type = null, Services = [new(endless, 12)] }] };
        var content = (SomeMail.Errors with { Digest = digest }).Render();

        Assert.InRange(content.Subject.Length, 1, 200);
        Assert.InRange(content.Text.Length, 1, 20_000);
        Assert.InRange(content.Html.Length, 1, 20_000);
    }

    [Fact]
    public void The_command_that_finds_more_is_no_option() =>
        Assert.Equal("> lost", (SomeMail.Errors.Digest.Groups[1] with { Template = "--> lost <*>" }).SearchText);

    [Fact]
    public void A_chart_is_drawn_for_each_group_that_has_errors_and_stands_in_the_html()
    {
        Assert.Equal(2, _content.Images.Count);
        Assert.All(_content.Images, image =>
        {
            Assert.Equal<byte>([0x89, 0x50, 0x4e, 0x47], image.Png[..4]);
            Assert.Contains($"<img src=\"cid:{image.ContentId}\"", _content.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Of_many_groups_the_first_are_told_and_all_are_attached()
    {
        var digest = SomeMail.Errors.Digest with { Groups = [.. Enumerable.Range(0, 30).Select(i => SomeMail.Errors.Digest.Groups[1] with { Id = $"group{i:00}", Template = $"Failure number {i}" })] };
        var content = (SomeMail.Errors with { Digest = digest }).Render();

        Assert.Equal(5, content.Images.Count);
        Assert.Contains("Failure number 19", content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Failure number 20", content.Html, StringComparison.Ordinal);
        Assert.Contains("And 10 more groups.", content.Html, StringComparison.Ordinal);
        Assert.Contains("\ngroup29,", Encoding.UTF8.GetString(content.Attachments[0].Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_on_as_before_is_told_in_few_words_where_there_is_news()
    {
        var steady = SomeMail.Errors.Digest.Groups[1] with { State = ErrorState.Steady, Sample = SomeMail.Errors.Digest.Groups[0].Sample };
        MailContent Of(params ErrorGroup[] groups) => (SomeMail.Errors with { Digest = SomeMail.Errors.Digest with { Groups = groups } }).Render();

        var (beside, alone) = (Of(SomeMail.Errors.Digest.Groups[0], steady), Of(steady));

        Assert.Single(beside.Images);
        Assert.Contains(">As before</h2>", beside.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(">As before</h2>", alone.Html, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Times(beside.Html, "line 42"), Times(alone.Html, "line 42")));
        Assert.Contains("Payment &lt;*&gt; was not confirmed", beside.Html, StringComparison.Ordinal);
        Assert.Contains("--in 'logs/a b/*.gz'", beside.Text, StringComparison.Ordinal);

        static int Times(string text, string part) => text.Split(part).Length - 1;
    }

    [Fact]
    public void How_much_there_is_to_tell_is_known()
    {
        var digest = SomeMail.Errors.Digest;
        MailNews Of(ErrorDigest some) => (SomeMail.Errors with { Digest = some }).Render().News;

        Assert.Equal(MailNews.Some, _content.News);
        Assert.Equal(MailNews.Nothing, Of(digest with { Groups = [], Errors = 0, Muted = 0 }));
        Assert.Equal(MailNews.AsBefore, Of(digest with { Groups = [digest.Groups[1] with { State = ErrorState.Steady }] }));
        Assert.Equal(MailNews.Some, Of(digest with { Groups = [digest.Groups[1] with { State = ErrorState.Steady }], HasHistory = false }));
    }
}
