using System.Collections.Concurrent;
using System.Net;

namespace Millrace.Cli.Tests;

/// <summary>A stand-in for AWS's Security Token Service that gives the credentials of a test's bucket to whoever assumes a role, and notes what it was asked.</summary>
/// <param name="key">The key that it gives.</param>
/// <param name="secret">The secret that it gives.</param>
sealed class StsStandIn(string key, string secret) : HttpStandIn
{
    /// <summary>The requests, as they came.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    protected override async Task<(int Status, string MediaType, string Text)> AnswerAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var asked = await reader.ReadToEndAsync();
        Asked.Enqueue(asked);
        var action = asked.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) ? "AssumeRoleWithWebIdentity" : "AssumeRole";
        return (200, "text/xml", $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
              <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>token</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials>
              <AssumedRoleUser><AssumedRoleId>AROA:reader</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/reader/reader</Arn></AssumedRoleUser>
            </{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
            """);
    }
}
