using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Millrace.Aws;

/// <summary>Credentials, region and endpoints, found as the AWS tools find them.</summary>
static class AwsSettings
{
    /// <summary>An instance's metadata answers within milliseconds; elsewhere its address may swallow what is sent to it.</summary>
    static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);

    // The SDK looks for the services that give credentials by the names of their assemblies, which a native executable has none of.
    static AwsSettings()
    {
        var services = GlobalRuntimeDependencyRegistry.Instance;
        services.RegisterSecurityTokenServiceClient(_ => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), RegionEndpoint.GetBySystemName(Region)));
        services.RegisterSSOClient(asked => new AmazonSSOClient(new AnonymousAWSCredentials(), asked.SSOClientContextData.Region));
        services.RegisterSSOOIDCClient(asked => new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), asked.SSOOIDCClientContextData.Region));
    }

    /// <summary>The region of the environment or the profile.</summary>
    public static string Region => Setting("AWS_REGION") ?? Setting("AWS_DEFAULT_REGION") ?? FindProfile()?.Region?.SystemName ?? RegionEndpoint.USEast1.SystemName;

    /// <summary>A setting of the environment; null where it is missing or empty.</summary>
    public static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Finds credentials; a <see cref="UserException"/> where there are none.</summary>
    /// <param name="config">The client of the SDK that needs them; null where there is none.</param>
    /// <param name="otherwise">What else the user could do, as the end of a sentence.</param>
    public static async Task<AWSCredentials> FindCredentialsAsync(ClientConfig? config, string otherwise)
    {
        try
        {
            // A resolver of our own rather than the SDK's shared one: what is found is kept by the client, and each store looks anew.
            using var resolver = new DefaultAWSCredentialsIdentityResolver();
            var search = resolver.ResolveIdentityAsync(config, CancellationToken.None);
            var found = await (HasOwnCredentials() ? search : search.WaitAsync(MetadataPatience)).ConfigureAwait(false);
            if (found is SSOAWSCredentials signedIn)
            {
                await CheckAsync(signedIn).ConfigureAwait(false);
            }

            return found is AssumeRoleAWSCredentials role ? new AssumedRole(role) : found;
        }
        catch (Exception e) when (e is AmazonClientException or TimeoutException)
        {
            var forProfile = Setting("AWS_PROFILE") is { } profile ? $" for the profile '{profile}'" : "";
            throw new UserException(
                $"No AWS credentials were found{forProfile}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE "
                + $"(after 'aws configure' or 'aws sso login'), {(otherwise.Length == 0 ? "or " : "")}run with an IAM role{otherwise}.",
                cause: e);
        }
    }

    /// <summary>A sign-in may have run out, or never been made: better told at once than by the first request.</summary>
    static async Task CheckAsync(SSOAWSCredentials signedIn)
    {
        try
        {
            await signedIn.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new UserException($"The sign-in portal of AWS in {signedIn.Region} cannot be reached, which gives the credentials of the account {signedIn.AccountId}. Check the network and sso_region.", cause: e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException)
        {
            var ofProfile = Setting("AWS_PROFILE") is { } profile ? $" --profile {profile}" : "";
            throw new UserException($"There is no valid sign-in for the AWS account {signedIn.AccountId} and the role {signedIn.RoleName}. Sign in with 'aws sso login{ofProfile}' and run again.", cause: e);
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
}
