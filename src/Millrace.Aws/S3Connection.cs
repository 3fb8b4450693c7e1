using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace Millrace.Aws;

/// <summary>Finds the endpoint, the region and the credentials, as the AWS tools do.</summary>
static class S3Connection
{
    const int Retries = 3;

    /// <summary>An instance's metadata answers within milliseconds; elsewhere its address may swallow what is sent to it.</summary>
    static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);

    public static async Task<AmazonS3Client> OpenAsync(S3Options options)
    {
        var config = Configure(options);
        AWSCredentials credentials = options.Anonymous ? new AnonymousAWSCredentials() : await FindCredentialsAsync(config).ConfigureAwait(false);
        return new AmazonS3Client(credentials, config);
    }

    static AmazonS3Config Configure(S3Options options)
    {
        var endpoint = options.Endpoint ?? Setting("AWS_ENDPOINT_URL_S3") ?? Setting("AWS_ENDPOINT_URL");
        var region = options.Region ?? Setting("AWS_REGION") ?? Setting("AWS_DEFAULT_REGION") ?? FindProfile()?.Region?.SystemName ?? RegionEndpoint.USEast1.SystemName;
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

    static async Task<AWSCredentials> FindCredentialsAsync(AmazonS3Config config)
    {
        try
        {
            // A resolver of our own rather than the SDK's shared one: what is found is kept by the client, and each store looks anew.
            using var resolver = new DefaultAWSCredentialsIdentityResolver();
            var search = resolver.ResolveIdentityAsync(config, CancellationToken.None);
            return await (HasOwnCredentials() ? search : search.WaitAsync(MetadataPatience)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonClientException or TimeoutException)
        {
            var forProfile = Setting("AWS_PROFILE") is { } profile ? $" for the profile '{profile}'" : "";
            throw new UserException(
                $"No AWS credentials were found{forProfile}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE "
                + "(after 'aws configure' or 'aws sso login'), run with an IAM role, or ask for anonymous access to a public bucket.",
                cause: e);
        }
    }

    /// <summary>False where only an instance's metadata could give credentials.</summary>
    static bool HasOwnCredentials() => Setting("AWS_ACCESS_KEY_ID") is not null
        || Setting("AWS_WEB_IDENTITY_TOKEN_FILE") is not null
        || Setting("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null
        || Setting("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null
        || FindProfile() is not null;

    static CredentialProfile? FindProfile()
        => new CredentialProfileStoreChain().TryGetProfile(Setting("AWS_PROFILE") ?? "default", out var profile) ? profile : null;

    static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
