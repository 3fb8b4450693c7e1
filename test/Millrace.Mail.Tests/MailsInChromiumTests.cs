using Millrace.Letters;
using MimeKit;

namespace Millrace.Mail.Tests;

/// <summary>Mails without pictures, as they are written, opened in a browser.</summary>
public sealed class MailsInChromiumTests
{
    [Theory]
    [InlineData(320)]
    [InlineData(1000)]
    public Task Hits_fit_run_nothing_and_ask_for_nothing(int width) => FitsAsync(SomeMail.Search.Render(), width);

    [Theory]
    [InlineData(320)]
    [InlineData(1000)]
    public Task A_failure_fits_runs_nothing_and_asks_for_nothing(int width) => FitsAsync(SomeMail.Failure.Render(), width);

    static async Task FitsAsync(MailContent content, int width)
    {
        var letter = MimeLetter.Write(content, SomeMail.From, [SomeMail.From], DateTimeOffset.UnixEpoch, null);
        using var message = MimeMessage.Load(new MemoryStream(letter.Bytes));

        var shown = await MailInChromium.OpenAsync(message, width, TestContext.Current.CancellationToken);

        Assert.Contains($"data-seen=\"width {width}, images , scripts 0\"", shown.Dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", shown.Log, StringComparison.Ordinal);
    }
}
