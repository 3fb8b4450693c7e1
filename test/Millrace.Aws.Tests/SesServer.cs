using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Millrace.Aws.Tests;

/// <summary>A stand-in for SES (aws-ses-v2-local) on a free port of the loopback, in memory; ended by its process.</summary>
public sealed class SesServer : IAsyncDisposable
{
    readonly Process _process;

    SesServer(string script)
    {
        var port = S3Server.FreePort();
        Endpoint = new Uri($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo("node", [script, "--host", "127.0.0.1", "--port", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts one, or skips the test where it is not installed.</summary>
    public static async Task<SesServer> StartAsync()
    {
        var script = S3Server.FindStandIn("aws-ses-v2-local/dist/cli.js");
        Assert.SkipWhen(script is null, "aws-ses-v2-local is not installed; run 'npm ci' in test/stand-ins.");
        var server = new SesServer(script);
        await server.WaitUntilItAnswersAsync();
        return server;
    }

    /// <summary>The mails that it took, as it tells them.</summary>
    public async Task<IReadOnlyList<JsonElement>> TakenAsync()
    {
        using var client = new HttpClient();
        using var store = JsonDocument.Parse(await client.GetStringAsync(new Uri(Endpoint, "/store")));
        return [.. store.RootElement.GetProperty("emails").EnumerateArray().Select(mail => mail.Clone())];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    async Task WaitUntilItAnswersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Endpoint.Port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
