using System.Net;
using System.Net.Sockets;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Millrace.Aws;

/// <summary>DynamoDB's client, opened when it is first used. Tells failures as something that the user can act on, without host, account or credential.</summary>
sealed class DynamoConnection(DynamoOptions options) : IDisposable
{
    const int Retries = 6;

    readonly LateClient<AmazonDynamoDBClient> _client = new(() => OpenAsync(options));

    /// <summary>Asks for something. A <see cref="ConditionalCheckFailedException"/> and a <see cref="ResourceNotFoundException"/> come through where they are expected.</summary>
    public async Task<T> CallAsync<T>(Func<AmazonDynamoDBClient, Task<T>> call, CancellationToken cancellationToken, bool expectsMissing = false)
    {
        try
        {
            var client = await _client.GetAsync(cancellationToken).ConfigureAwait(false);
            return await call(client).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && !(expectsMissing && e is ResourceNotFoundException) && Explain(e) is { } told)
        {
            throw told;
        }
    }

    public void Dispose() => _client.Dispose();

    static async Task<AmazonDynamoDBClient> OpenAsync(DynamoOptions options)
    {
        // Standard retries cover throttling, with a growing and jittered pause; nothing that a condition refuses is repeated.
        var config = new AmazonDynamoDBConfig { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries };
        if (options.HttpClients is { } clients)
        {
            config.HttpClientFactory = clients;
        }

        var endpoint = options.Endpoint ?? AwsSettings.Setting("AWS_ENDPOINT_URL_DYNAMODB") ?? AwsSettings.Setting("AWS_ENDPOINT_URL");
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(AwsSettings.Region);
        }
        else if (Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, AwsSettings.Region);
        }
        else
        {
            throw new UserException("The endpoint of DynamoDB is not a URL that begins with http:// or https://; check AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL.", UserException.Usage);
        }

        return new AmazonDynamoDBClient(await AwsSettings.FindCredentialsAsync(config, "").ConfigureAwait(false), config);
    }

    UserException? Explain(Exception failure) => failure switch
    {
        ConditionalCheckFailedException => null,
        ResourceNotFoundException => new UserException($"There is no table '{options.Table}' in DynamoDB; check its name, the region and the account.", UserException.Usage, failure),
        AmazonDynamoDBException { StatusCode: HttpStatusCode.Forbidden } or AmazonDynamoDBException { ErrorCode: "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" } => new UserException(
            $"Access to the table '{options.Table}' is denied ({((AmazonDynamoDBException)failure).ErrorCode}): the credentials in use need dynamodb:GetItem, PutItem, UpdateItem, BatchWriteItem, Query, DescribeTable, to make the table CreateTable, and to drop old errors Scan.", cause: failure),
        ProvisionedThroughputExceededException or RequestLimitExceededException => new UserException($"The table '{options.Table}' takes no more at this time; try again later, or give it more capacity.", cause: failure),
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } e => new UserException($"DynamoDB is not able to answer for the table '{options.Table}' now ({e.ErrorCode}).", cause: e),
        AmazonServiceException { InnerException: HttpRequestException e } => Unreachable(e),
        AmazonServiceException e => new UserException($"DynamoDB refused a request for the table '{options.Table}' ({e.ErrorCode}, status {(int)e.StatusCode}).", cause: e),
        HttpRequestException e => Unreachable(e),
        IOException e => new UserException($"The connection to the table '{options.Table}' broke off.", cause: e),
        OperationCanceledException or TimeoutException => new UserException($"DynamoDB did not answer in time for the table '{options.Table}'.", cause: failure),
        AmazonClientException e => new UserException($"The table '{options.Table}' could not be asked; check the credentials.", cause: e),
        _ => null,
    };

    UserException Unreachable(HttpRequestException e) => new(
        $"The table '{options.Table}' cannot be reached ({(e.InnerException is SocketException socket ? socket.Message : e.HttpRequestError.ToString())}). Check the network and the endpoint.", cause: e);
}
