using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Millrace.Mail.Tests;

/// <summary>A mail server (smtp-server) on a free port of the loopback; ended by its process.</summary>
sealed class MailServer : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("millrace-mail-").FullName;
    readonly Process _process;

    MailServer(string script, string mode, int port)
    {
        Port = port;
        _process = Process.Start(new ProcessStartInfo("node", [script, $"{Port}", _folder, mode]) { RedirectStandardError = true })!;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What it took.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. Directory.EnumerateFiles(_folder, "*.eml").Order(StringComparer.Ordinal).Select(path => MimeMessage.Load(path))];

    /// <summary>Whom the mails that it took were for.</summary>
    public IReadOnlyList<string> Recipients => [.. Directory.EnumerateFiles(_folder, "*.to").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)];

    /// <summary>Starts one, or skips the test where it is not installed.</summary>
    public static async Task<MailServer> StartAsync(string mode = "open", int? port = null)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }

        var standIns = Path.Join(root.FullName, "test/stand-ins");
        Assert.SkipUnless(Directory.Exists(Path.Join(standIns, "node_modules/smtp-server")), "smtp-server is not installed; run 'npm ci' in test/stand-ins.");
        var server = new MailServer(Path.Join(standIns, "mail-server.mjs"), mode, port ?? FreePort());
        await server.WaitUntilItAnswersAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port on which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    async Task WaitUntilItAnswersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
