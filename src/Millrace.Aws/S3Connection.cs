using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Millrace.Aws;

/// <summary>Finds the endpoint, the region and the credentials, as the AWS tools do.</summary>
static class S3Connection
{
    const int Retries = 3;

    public static async Task<AmazonS3Client> OpenAsync(S3Options options)
    {
        var config = Configure(options);
        AWSCredentials credentials = options.Anonymous
            ? new AnonymousAWSCredentials()
            : await AwsSettings.FindCredentialsAsync(config, ", or ask for anonymous access to a public bucket").ConfigureAwait(false);
        return new AmazonS3Client(credentials, config);
    }

    static AmazonS3Config Configure(S3Options options)
    {
        var endpoint = options.Endpoint ?? AwsSettings.Setting("AWS_ENDPOINT_URL_S3") ?? AwsSettings.Setting("AWS_ENDPOINT_URL");
        var region = options.Region ?? AwsSettings.Region;
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = Retries,

            // Stores other than AWS's own know neither the newer checksums nor bodies in signed chunks.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.ForcePathStyle = options.PathStyle ?? false;
            return config;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new UserException("The S3 endpoint is not a URL that begins with http:// or https://; check --s3-endpoint or AWS_ENDPOINT_URL.", UserException.Usage);
        }

        config.ServiceURL = endpoint;
        config.AuthenticationRegion = region;
        config.ForcePathStyle = options.PathStyle ?? true;
        return config;
    }
}
