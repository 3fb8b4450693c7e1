using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Millrace.Cli.Tests;

public sealed class MailTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_mailed_and_the_outbox_shows_it()
    {
        var script = Path.Join(Repository.Root, "test/stand-ins/mail-server.mjs");
        Assert.SkipUnless(Directory.Exists(Path.Join(Repository.Root, "test/stand-ins/node_modules/smtp-server")), "smtp-server is not installed; run 'npm ci' in test/stand-ins.");
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo("node", [script, $"{port}", _folder.Path]) { RedirectStandardError = true })!;
        try
        {
            await WaitUntilItAnswersAsync(server, port);
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
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
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

    void WriteSettings(int port) => _folder.Write("millrace.json", $$"""{"mail": {"from": "reports@example.com", "smtp": {"host": "127.0.0.1", "port": {{port}}, "tls": "none" } } }""");

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
