using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Millrace.Aws;

/// <summary>Signs requests to services of AWS for which there is no client here: Signature Version 4. For all services but S3, whose paths are written in another way.</summary>
/// <param name="credentials">Who asks.</param>
/// <param name="region">The region of the service.</param>
/// <param name="service">The service's name in signatures, such as <c>ses</c>.</param>
sealed class SignatureV4(ImmutableCredentials credentials, string region, string service)
{
    const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that sign a request. Nothing of it may change afterwards.</summary>
    /// <param name="request">The request, whose address is written as it is sent.</param>
    /// <param name="body">Its body.</param>
    /// <param name="now">The time, which the service compares with its own.</param>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", time);
        if (credentials.UseToken)
        {
            request.Headers.Add("X-Amz-Security-Token", credentials.Token);
        }

        var headers = Headers(request);
        var names = string.Join(';', headers.Keys);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(request, headers, names, body))))}";
        var signature = Hex(HMACSHA256.HashData(Key(time[..8]), Encoding.UTF8.GetBytes(toSign)));
        request.Headers.Authorization = new AuthenticationHeaderValue(Algorithm, $"Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>The request in the one form that both sides make the hash of.</summary>
    internal static string Canonical(HttpRequestMessage request, SortedDictionary<string, string> headers, string names, ReadOnlySpan<byte> body)
    {
        var query = string.Join('&', request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        return $"{request.Method}\n{request.RequestUri.AbsolutePath}\n{query}\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{Hex(SHA256.HashData(body))}";
    }

    /// <summary>The headers that are signed: those that the request has, and the host.</summary>
    internal static SortedDictionary<string, string> Headers(HttpRequestMessage request)
    {
        var all = request.Headers.Concat(request.Content?.Headers.Where(header => header.Key == "Content-Type") ?? []);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in all)
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
        }

        return headers;
    }

    /// <summary>The key of a day, so that what signs a request is of no use on another one.</summary>
    byte[] Key(string day)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (var part in new[] { day, region, service, "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
