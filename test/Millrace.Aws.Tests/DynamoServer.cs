using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Millrace.Aws.Tests;

/// <summary>A DynamoDB stand-in (dynalite) on a free port of the loopback, in memory; ended by its process.</summary>
public sealed class DynamoServer : IAsyncLifetime
{
    Process? _process;

    /// <summary>Null where the stand-in is not installed.</summary>
    public string? Endpoint { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "S3RVER");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "S3RVER");
        if (S3Server.FindStandIn("dynalite/cli.js") is not { } script)
        {
            return;
        }

        var port = S3Server.FreePort();
        _process = Process.Start(new ProcessStartInfo("node", [script, "--host", "127.0.0.1", "--port", $"{port}", "--createTableMs", "20"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await AnswersAsync(port, patience.Token))
        {
            await Task.Delay(50, patience.Token);
        }

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
    }

    /// <summary>How a table of the stand-in is reached; skips the test that asks where there is none.</summary>
    public DynamoOptions Table(string name)
    {
        Assert.SkipWhen(Endpoint is null, "dynalite is not installed; run 'npm ci' in test/stand-ins.");
        return new DynamoOptions(name) { Endpoint = Endpoint };
    }

    async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException) when (!_process!.HasExited)
        {
            return false;
        }
    }
}
