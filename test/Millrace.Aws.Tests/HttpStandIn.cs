using System.Net;
using System.Text;

namespace Millrace.Aws.Tests;

/// <summary>A service of AWS on a free port of the loopback, as far as a test asks it. Requests are answered at the same time.</summary>
abstract class HttpStandIn : IDisposable
{
    readonly HttpListener _listener = new();

    protected HttpStandIn()
    {
        Endpoint = $"http://127.0.0.1:{S3Server.FreePort()}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint { get; }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    /// <summary>The answer to a request.</summary>
    protected abstract Task<(int Status, string MediaType, string Text)> AnswerAsync(HttpListenerRequest request);

    async Task ServeAsync()
    {
        while (_listener.IsListening)
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

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, type, text) = await AnswerAsync(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        try
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Whoever asked has gone.
        }
    }
}
