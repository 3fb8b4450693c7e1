using System.Net;
using System.Text;
using MimeKit;

namespace Millrace.Mail.Tests;

/// <summary>A mail as a browser shows it, with the pictures that came with it.</summary>
static class MailInChromium
{
    /// <summary>
    /// Opens a mail in a frame of a width; skips the test where there is no Chromium. What was seen is in the attribute <c>data-seen</c> of what the page became: the width that the mail takes, the widths of its pictures, and how many
    /// scripts it has.
    /// </summary>
    public static Task<(string Dom, string Log, string Network)> OpenAsync(MimeMessage message, int width, CancellationToken cancellation)
    {
        // The script is the test's own.
        var page = $$"""
            <!doctype html>
            <iframe width="{{width}}" height="3000" style="border:0" srcdoc="{{WebUtility.HtmlEncode(HtmlOf(message))}}"></iframe>
            <script>
            window.onload = () => {
              const mail = document.querySelector('iframe').contentDocument;
              const widths = [...mail.images].map(image => image.naturalWidth);
              document.body.dataset.seen = `width ${mail.documentElement.scrollWidth}, images ${widths}, scripts ${mail.scripts.length}`;
            };
            </script>
            """;
        return Chromium.OpenAsync(stream => stream.Write(Encoding.UTF8.GetBytes(page)), cancellation);
    }

    /// <summary>The HTML, with the pictures that came with the mail in their places.</summary>
    static string HtmlOf(MimeMessage message)
    {
        var html = message.HtmlBody!;
        foreach (var image in message.BodyParts.OfType<MimePart>().Where(part => part.ContentType.IsMimeType("image", "png")))
        {
            Assert.False(image.IsAttachment);
            using var bytes = new MemoryStream();
            image.Content!.DecodeTo(bytes);
            html = html.Replace($"cid:{image.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(bytes.ToArray())}", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("cid:", html, StringComparison.Ordinal);
        return html;
    }
}
