using System.Net;
using System.Xml.Linq;

namespace Millrace.Aws.Tests;

/// <summary>A bucket on the loopback that has nothing but a lifecycle, and takes it as S3 does: as a whole.</summary>
sealed class LifecycleStandIn : HttpStandIn
{
    /// <summary>The document; null where the bucket has none.</summary>
    public XElement? Document { get; set; }

    /// <summary>The requests: method, path and query.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>True to let nobody in.</summary>
    public bool IsForbidden { get; init; }

    protected override async Task<(int Status, string MediaType, string Text)> AnswerAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var body = await reader.ReadToEndAsync();
        Requests.Add($"{request.HttpMethod} {request.RawUrl!.TrimEnd('=')}");
        var (status, answer) = Answer(request.HttpMethod, body);
        return (status, "application/xml", answer);
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
