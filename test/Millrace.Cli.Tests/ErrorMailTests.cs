using MimeKit;

namespace Millrace.Cli.Tests;

/// <summary>Errors from a log to the mail that arrives, through the executable and a real mail server.</summary>
public sealed class ErrorMailTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public ErrorMailTests() => _folder.Write("app.log", string.Concat(Enumerable.Range(0, 12).Select(i => $"""
        2026-11-{10 + i} 10:00:00,000 ERROR [main] shop.Ship - cannot reach carrier {i}
        java.lang.IllegalStateException: no carrier
            at shop.Ship.send(Ship.java:{i})

        """)) + "2026-11-22 09:00:00,000 ERROR [main] shop.Pay - <script>alert(1)</script><img src=http://refused.test/x.png> =cmd() was declined\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_mail_says_in_both_parts_what_the_report_prints()
    {
        var printed = (await RunAsync($"report errors app.log --service name:shop {Some.AsOf} -o table")).Quietly();

        var message = await SendAsync("app.log --service name:shop");

        Assert.Equal("1 new: shop", message.Subject);
        Assert.Equal($"{printed}\nAll groups are attached as CSV. Ask again:\n  millrace report errors app.log --service name:shop --since 2026-11-21T12:00:00Z --until 2026-11-22T12:00:00Z\n", message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", message.HtmlBody, StringComparison.Ordinal);
        Assert.Single(message.BodyParts, part => part.ContentType.IsMimeType("image", "png"));
        using var csv = new MemoryStream();
        ((MimePart)Assert.Single(message.Attachments)).Content!.DecodeTo(csv);
        Assert.Contains(",new,", System.Text.Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_fits_a_phone_and_asks_for_nothing()
    {
        var shown = await MailInChromium.OpenAsync(await SendAsync("app.log"), 390, TestContext.Current.CancellationToken);

        Assert.Contains("data-seen=\"width 390, images 1120, scripts 0\"", shown.Dom, StringComparison.Ordinal);
        Assert.DoesNotContain("refused.test", shown.Network, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_from_a_store_is_the_mail_of_the_logs()
    {
        (await RunAsync("errors extract app.log --service name:shop --store errors.db")).Quietly();

        var message = await SendAsync("--store errors.db");

        Assert.Equal("1 new: shop", message.Subject);
        Assert.Contains("millrace report errors --store errors.db --since 2026-11-21T12:00:00Z --until 2026-11-22T12:00:00Z", message.TextBody, StringComparison.Ordinal);
    }

    async Task<MimeMessage> SendAsync(string asked)
    {
        await using var server = await MailServer.StartAsync();
        _folder.Write("millrace.json", $$"""{"mail": {"from": "reports@example.com", "smtp": {"host": "127.0.0.1", "port": {{server.Port}}, "tls": "none" } } }""");

        var sent = await RunAsync($"report errors {asked} {Some.AsOf} --mail-to ops@example.com");

        Assert.Equal("", sent.Done());
        return Assert.Single(server.Taken);
    }

    Task<Outcome> RunAsync(string words) => Executable.RunAsync(new Invocation(words.Split(' ')) { Folder = _folder.Path });
}
