using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Millrace.Aws.Tests;

/// <summary>A bucket on the loopback that has nothing but a lifecycle, and takes it as S3 does: as a whole.</summary>
sealed class LifecycleStandIn : IDisposable
{
    readonly HttpListener _listener = new();

    public LifecycleStandIn()
    {
        Endpoint = $"http://127.0.0.1:{S3Server.FreePort()}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Endpoint { get; }

    /// <summary>The document; null where the bucket has none.</summary>
    public XElement? Document { get; set; }

    /// <summary>The requests: method, path and query.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>True to let nobody in.</summary>
    public bool IsForbidden { get; init; }

    public void Dispose() => ((IDisposable)_listener).Dispose();

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

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            Requests.Add($"{context.Request.HttpMethod} {context.Request.RawUrl!.TrimEnd('=')}");
            var (status, answer) = Answer(context.Request.HttpMethod, body);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            context.Response.Close();
        }
    }

    (int Status, string Answer) Answer(string method, string body)
    {
        switch (method)
        {
            case var _ when IsForbidden:
                return (403, "<Error><Code>AccessDenied</Code></Error>");
            case "PUT":
                Document = XElement.Parse(body);
                return (200, "");
            case "DELETE":
                Document = null;
                return (204, "");
            default:
                return Document is { } document ? (200, document.ToString()) : (404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>");
        }
    }
}
