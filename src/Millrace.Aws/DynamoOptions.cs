using Amazon.Runtime;

namespace Millrace.Aws;

/// <summary>A table of DynamoDB, and how it is reached. Credentials come from the environment or the AWS credential chain.</summary>
/// <param name="Table">The table's name.</param>
public sealed record DynamoOptions(string Table)
{
    /// <summary>The URL of something that speaks DynamoDB's protocol; where null, <c>AWS_ENDPOINT_URL_DYNAMODB</c> and <c>AWS_ENDPOINT_URL</c> are looked at.</summary>
    public string? Endpoint { get; init; }

    /// <summary>What requests go through; null for the SDK's own.</summary>
    public HttpClientFactory? HttpClients { get; init; }
}
