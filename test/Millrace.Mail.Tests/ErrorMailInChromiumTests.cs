using Millrace.Letters;
using Millrace.Tests.Letters;
using Millrace.Tests.Sources;
using MimeKit;

namespace Millrace.Mail.Tests;

/// <summary>The mail of errors as it comes out of a mail server, opened in a browser.</summary>
public sealed class ErrorMailInChromiumTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1000)]
    public async Task It_fits_a_phone_shows_its_charts_runs_nothing_and_asks_for_nothing(int width)
    {
        var message = await SendAsync();
        Assert.Equal(SomeMail.Errors.Render().Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.EndsWith(".csv", Assert.Single(message.Attachments).ContentDisposition!.FileName, StringComparison.Ordinal);

        var shown = await MailInChromium.OpenAsync(message, width, TestContext.Current.CancellationToken);

        Assert.Contains($"data-seen=\"width {width}, images 1120,1120, scripts 0\"", shown.Dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", shown.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("refused.test", shown.Network, StringComparison.Ordinal);
    }

    async Task<MimeMessage> SendAsync()
    {
        await using var server = await MailServer.StartAsync();
        var settings = new MailSettings(SomeMail.From, new SmtpServer("127.0.0.1", server.Port, SmtpTls.None), Path.Join(_folder.Path, "outbox.db"), null);
        await new MailRoom(settings, new SmtpSender(settings.Server!), new MailComposer(), new ImpatientClock()).SendAsync(SomeMail.Errors.Render(), [SomeMail.From], "report errors", TestContext.Current.CancellationToken);
        return Assert.Single(server.Taken);
    }
}
