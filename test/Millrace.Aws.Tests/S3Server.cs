using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Millrace.Aws.Tests;

/// <summary>An S3 stand-in (s3rver) on a free port of the loopback, for all tests of the collection; ended by its process.</summary>
public sealed class S3Server : IAsyncLifetime
{
    const string Secret = "S3RVER";

    readonly string _folder = Directory.CreateTempSubdirectory("millrace-s3-").FullName;
    Process? _process;

    /// <summary>Null where the stand-in is not installed.</summary>
    public string? Endpoint { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Secret);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Secret);
        if (FindStandIn("s3rver/bin/s3rver.js") is not { } script)
        {
            return;
        }

        var port = FreePort();
        Directory.CreateDirectory(Path.Join(_folder, "logs"));
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--openssl-legacy-provider", script, "-s", "-d", _folder, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", "logs" })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        await WaitUntilItAnswersAsync(port);
        Endpoint = $"http://127.0.0.1:{port}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens a store on the stand-in, or skips the test that asks.</summary>
    public S3Store Open()
    {
        Assert.SkipWhen(Endpoint is null, "s3rver is not installed; run 'npm ci' in test/stand-ins.");
        return new S3Store(new S3Options { Endpoint = Endpoint });
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A program of the stand-ins; null where they are not installed.</summary>
    public static string? FindStandIn(string program)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Join(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent;
        }

        var script = Path.Join(root?.FullName, "test/stand-ins/node_modules", program);
        return File.Exists(script) ? script : null;
    }

    async Task WaitUntilItAnswersAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
