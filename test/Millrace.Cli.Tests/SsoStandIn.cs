using System.Collections.Concurrent;
using System.Net;

namespace Millrace.Cli.Tests;

/// <summary>A stand-in for the portal of AWS's IAM Identity Center that gives the credentials of a test's bucket to whoever shows the right token, and notes what it was asked.</summary>
/// <param name="key">The key that it gives.</param>
/// <param name="secret">The secret that it gives.</param>
/// <param name="token">The token that is asked for.</param>
sealed class SsoStandIn(string key, string secret, string token) : HttpStandIn
{
    /// <summary>The paths and queries of the requests, each with the token that it showed.</summary>
    public ConcurrentQueue<(string Address, string? Token)> Asked { get; } = [];

    protected override Task<(int Status, string MediaType, string Text)> AnswerAsync(HttpListenerRequest request)
    {
        Asked.Enqueue((request.RawUrl!, request.Headers["x-amz-sso_bearer_token"]));
        if (request.Headers["x-amz-sso_bearer_token"] != token)
        {
            return Task.FromResult((401, "application/json", """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"""));
        }

        var expiration = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        return Task.FromResult((200, "application/json", $$$"""{"roleCredentials":{"accessKeyId":"{{{key}}}","secretAccessKey":"{{{secret}}}","sessionToken":"token","expiration":{{{expiration}}}}}"""));
    }
}
