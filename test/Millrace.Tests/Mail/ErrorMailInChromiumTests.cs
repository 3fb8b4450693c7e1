using System.Net;
using Millrace.Mail;
using Millrace.Tests.Sources;
using MimeKit;

namespace Millrace.Tests.Mail;

/// <summary>The mail of errors as it comes out of a mail server, opened in a browser.</summary>
public sealed class ErrorMailInChromiumTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_fits_a_phone_shows_its_charts_runs_nothing_and_asks_for_nothing()
    {
        var html = HtmlOf(await SendAsync());

        // The frame is as wide as a phone; the script is the test's own.
        var page = $$"""
            <!doctype html>
            <iframe width="375" height="3000" style="border:0" srcdoc="{{WebUtility.HtmlEncode(html)}}"></iframe>
            <script>
            window.onload = () => {
              const mail = document.querySelector('iframe').contentDocument;
              const widths = [...mail.images].map(image => image.naturalWidth);
              document.body.dataset.seen = `width ${mail.documentElement.scrollWidth}, images ${widths}, scripts ${mail.scripts.length}`;
            };
            </script>
            """;
        var shown = await Chromium.OpenAsync(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(page)), TestContext.Current.CancellationToken);

        Assert.Contains("data-seen=\"width 375, images 1120,1120, scripts 0\"", shown.Dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", shown.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("refused.test", shown.Network, StringComparison.Ordinal);
    }

    async Task<MimeMessage> SendAsync()
    {
        await using var server = await MailServer.StartAsync();
        var settings = new MailSettings(SomeMail.From, new SmtpServer("127.0.0.1", server.Port, SmtpTls.None), Path.Join(_folder.Path, "outbox.db"), null);
        await new MailRoom(settings, new SmtpSender(settings.Server!), new ImpatientClock()).SendAsync(SomeMail.Errors.Render(), [SomeMail.From], "report errors", TestContext.Current.CancellationToken);
        return Assert.Single(server.Taken);
    }

    /// <summary>The HTML, with the pictures that came with the mail in their places.</summary>
    static string HtmlOf(MimeMessage message)
    {
        Assert.Equal(SomeMail.Errors.Render().Text, message.TextBody!.ReplaceLineEndings("\n"));
        var html = message.HtmlBody!;
        foreach (var image in message.BodyParts.OfType<MimePart>().Where(part => part.ContentType.IsMimeType("image", "png")))
        {
            Assert.False(image.IsAttachment);
            using var bytes = new MemoryStream();
            image.Content!.DecodeTo(bytes);
            html = html.Replace($"cid:{image.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(bytes.ToArray())}", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("cid:", html, StringComparison.Ordinal);
        Assert.EndsWith(".csv", Assert.Single(message.Attachments).ContentDisposition!.FileName, StringComparison.Ordinal);
        return html;
    }
}
