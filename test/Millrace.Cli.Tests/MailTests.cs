using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Millrace.Cli.Tests;

public sealed class MailTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_report_is_mailed_and_the_outbox_shows_it() => WithServerAsync(async port =>
        {
            WriteSettings(port);

            var sent = await RunAsync($"report status {Some.ShopLog} {Some.AsOf} --mail-to ops@example.com");

            Assert.Equal("", sent.Done());
            Assert.Equal("Mailed 'status: 6 rows, 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z' to ops@example.com.", sent.Told);
            var eml = await File.ReadAllTextAsync(Path.Join(_folder.Path, "1.eml"));
            Assert.Contains("multipart/alternative", eml, StringComparison.Ordinal);
            Assert.Contains($"millrace report status {Some.ShopLog} --since 2026-11-21T12:00:00Z --until 2026-11-22T12:00:00Z", eml.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var list = (await RunAsync("mail list")).Quietly();
            Assert.Contains("  report status  status: 6 rows, ", list, StringComparison.Ordinal);
            Assert.EndsWith("    sent  ops@example.com\n", list, StringComparison.Ordinal);
            Assert.Contains("\nTo: ops@example.com", (await RunAsync("mail show 1")).Quietly().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        });

    /// <summary>The schedule's time comes once a year: its first run covers the year before, and what is asked for now begins where that ended.</summary>
    [Fact]
    public Task A_schedule_covers_what_the_last_run_did_not() => WithServerAsync(async port =>
        {
            WriteSettings(port, """, "schedules": { "yearly": { "report": "status", "args": ["shop.log"], "cron": "0 0 1 1 *", "mailTo": "ops@example.com,refused@example.com" } }""");
            var now = DateTimeOffset.UtcNow;
            _folder.Write("shop.log", string.Create(CultureInfo.InvariantCulture, $"203.0.113.9 - - [{now:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl/8.5\"\n"));

            var list = (await RunAsync("schedule list")).Quietly();
            var first = await RunAsync("schedule run yearly");
            var again = await RunAsync("schedule run");
            var untilNow = await RunAsync("schedule run yearly --now");
            var history = (await RunAsync("schedule history yearly")).Quietly().Split('\n');

            Assert.Equal(
                $"yearly  report status  0 0 1 1 * (UTC)  to ops@example.com,refused@example.com  next {now.Year + 1}-01-01T00:00:00Z\n    due: {now.Year - 1}-01-01T00:00:00Z to {now.Year - 1}-12-31T23:59:59.999999Z\n", list);
            Assert.Contains("Nothing was mailed: status: nothing found, ", first.Told, StringComparison.Ordinal);
            Assert.Equal(new Outcome(0, "", $"millrace: 'yearly' is not due before {now.Year + 1}-01-01T00:00:00Z.\n"), again);
            Assert.Equal(1, untilNow.Code);
            Assert.Contains("The mail server refused refused@example.com: 550 No such mailbox It was sent to ops@example.com.", untilNow.Errors, StringComparison.Ordinal);
            Assert.Contains($"  yearly  {now.Year}-01-01T00:00:00Z to ", history[0], StringComparison.Ordinal);
            Assert.Contains("  sent  status: 1 row, ", history[0], StringComparison.Ordinal);
            Assert.Contains("  nothing  status: nothing found, ", history[1], StringComparison.Ordinal);
            Assert.Contains("  schedule yearly  status: 1 row, ", (await RunAsync("mail list")).Quietly(), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("""{}""", "schedule list", "Schedules send mail, and the settings have no section 'mail'. 'docs/mail.md' tells how to set it up.")]
    [InlineData("""{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}}""", "schedule run", "The settings have no section 'schedules'. 'docs/mail.md' tells how to set one up.")]
    [InlineData("""{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}, "schedules": {}}""", "schedule run b", "There is no schedule 'b'. 'millrace schedule list' shows which there are.")]
    [InlineData(
        """{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}, "schedules": {"b": {"report": "errrors", "cron": "0 7 * * *", "mailTo": "a@example.com"}}}""", "schedule run b", "The schedule 'b' cannot be run: ")]
    public async Task A_schedule_that_cannot_be_run_is_told(string settings, string line, string expected)
    {
        _folder.Write("millrace.json", settings);

        Assert.StartsWith(expected, (await RunAsync(line)).Failed(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_mail_server_in_the_settings_nothing_is_read() => Assert.StartsWith(
        "--mail-to needs a mail server, and the settings name none.",
        (await RunAsync($"report status {Some.ShopLog} --mail-to ops@example.com")).Failed(2),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_mail_that_there_is_not_is_told()
    {
        WriteSettings(25);

        Assert.Equal("There is no mail 7. 'millrace mail list' shows which there are.", (await RunAsync("mail show 7")).Failed());
    }

    Task<Outcome> RunAsync(string words) => Executable.RunAsync(new Invocation(words.Split(' ')) { Folder = _folder.Path });

    void WriteSettings(int port, string more = "") =>
        _folder.Write("millrace.json", $$"""{"mail": {"from": "reports@example.com", "smtp": {"host": "127.0.0.1", "port": {{port}}, "tls": "none" } }{{more}} }""");

    async Task WithServerAsync(Func<int, Task> testAsync)
    {
        var script = Path.Join(Repository.Root, "test/stand-ins/mail-server.mjs");
        Assert.SkipUnless(Directory.Exists(Path.Join(Repository.Root, "test/stand-ins/node_modules/smtp-server")), "smtp-server is not installed; run 'npm ci' in test/stand-ins.");
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo("node", [script, $"{port}", _folder.Path]) { RedirectStandardError = true })!;
        try
        {
            await WaitUntilItAnswersAsync(server, port);
            await testAsync(port);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task WaitUntilItAnswersAsync(Process server, int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException) when (!server.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
