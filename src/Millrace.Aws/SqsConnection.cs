using System.Net.Sockets;
using System.Text.RegularExpressions;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Millrace.Aws;

/// <summary>A queue's client, opened when it is first used. Tells failures as something that the user can act on, without host, account or credential.</summary>
sealed partial class SqsConnection(SqsOptions options) : IDisposable
{
    const int Retries = 2;

    readonly LateClient<AmazonSQSClient> _client = new(() => OpenAsync(options));

    /// <summary>Asks the queue for something.</summary>
    public async Task<T> CallAsync<T>(Func<AmazonSQSClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var client = await _client.GetAsync(cancellationToken).ConfigureAwait(false);
            return await call(client).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Explain(e) is { } told)
        {
            throw told;
        }
    }

    public void Dispose() => _client.Dispose();

    static async Task<AmazonSQSClient> OpenAsync(SqsOptions options)
    {
        var host = AwsHost().Match(options.QueueUrl.Host);
        var endpoint = AwsSettings.Setting("AWS_ENDPOINT_URL_SQS")
            ?? (host.Success ? AwsSettings.Setting("AWS_ENDPOINT_URL") : options.QueueUrl.GetLeftPart(UriPartial.Authority));
        var region = host.Groups["region"] is { Success: true } found ? found.Value : AwsSettings.Region;
        var config = new AmazonSQSConfig { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries, Timeout = options.Wait + TimeSpan.FromSeconds(30) };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region);
        }

        return new AmazonSQSClient(await AwsSettings.FindCredentialsAsync(config, "").ConfigureAwait(false), config);
    }

    UserException? Explain(Exception failure) => failure switch
    {
        QueueDoesNotExistException or AmazonSQSException { ErrorCode: "AWS.SimpleQueueService.NonExistentQueue" or "QueueDoesNotExist" } =>
            new UserException($"There is no queue '{options.QueueName}'; check its URL and region.", UserException.Usage, failure),
        AmazonSQSException { StatusCode: System.Net.HttpStatusCode.Forbidden } e => new UserException(
            $"Access to the queue '{options.QueueName}' is denied ({e.ErrorCode}): the credentials in use need sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes.", cause: e),
        AmazonServiceException { StatusCode: >= System.Net.HttpStatusCode.InternalServerError } e =>
            new UserException($"SQS is not able to answer for the queue '{options.QueueName}' now ({e.ErrorCode}).", cause: e),
        AmazonServiceException { InnerException: HttpRequestException e } => Unreachable(e),
        AmazonServiceException e => new UserException($"SQS refused a request for the queue '{options.QueueName}' ({e.ErrorCode}, status {(int)e.StatusCode}).", cause: e),
        HttpRequestException e => Unreachable(e),
        IOException e => new UserException($"The connection to the queue '{options.QueueName}' broke off.", cause: e),
        OperationCanceledException or TimeoutException => new UserException($"SQS did not answer in time for the queue '{options.QueueName}'.", cause: failure),
        AmazonClientException e => new UserException($"The queue '{options.QueueName}' could not be asked; check the credentials.", cause: e),
        _ => null,
    };

    UserException Unreachable(HttpRequestException e) => new(
        $"The queue '{options.QueueName}' cannot be reached ({(e.InnerException is SocketException socket ? socket.Message : e.HttpRequestError.ToString())}). Check the network and the queue's URL.", cause: e);

    [GeneratedRegex(@"^(sqs\.(?<region>[a-z0-9-]+)|(?<region>[a-z0-9-]+)\.queue|queue)\.amazonaws\.com(\.cn)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AwsHost();
}
