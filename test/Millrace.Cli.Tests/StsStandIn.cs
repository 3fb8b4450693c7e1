using System.Net;
using System.Text;

namespace Millrace.Cli.Tests;

/// <summary>A stand-in for AWS's Security Token Service that gives the credentials of a test's bucket to whoever assumes a role, and notes what it was asked.</summary>
sealed class StsStandIn : IDisposable
{
    readonly HttpListener _listener = new();
    readonly Task _answering;

    /// <summary>Starts it.</summary>
    /// <param name="key">The key that it gives.</param>
    /// <param name="secret">The secret that it gives.</param>
    public StsStandIn(string key, string secret)
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _answering = AnswerAsync(key, secret);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>The requests, as they came.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _answering.GetAwaiter().GetResult();
        _listener.Close();
    }

    async Task AnswerAsync(string key, string secret)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var asked = await reader.ReadToEndAsync();
            Asked.Add(asked);
            var action = asked.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) ? "AssumeRoleWithWebIdentity" : "AssumeRole";
            var answer = Encoding.UTF8.GetBytes($"""
                <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
                  <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>token</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials>
                  <AssumedRoleUser><AssumedRoleId>AROA:reader</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/reader/reader</Arn></AssumedRoleUser>
                </{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
                """);
            context.Response.ContentType = "text/xml";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }

    static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
