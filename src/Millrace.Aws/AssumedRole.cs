using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;

namespace Millrace.Aws;

/// <summary>Credentials of a role that a profile assumes with the credentials of another. Asks STS anew before they run out.</summary>
/// <param name="role">The role and who assumes it, as the SDK found them in the profile.</param>
sealed class AssumedRole(AssumeRoleAWSCredentials role) : RefreshingAWSCredentials
{
    readonly AWSCredentials _source = role.SourceCredentials is AssumeRoleAWSCredentials before ? new AssumedRole(before) : role.SourceCredentials;

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var client = new AmazonSecurityTokenServiceClient(_source, RegionEndpoint.GetBySystemName(AwsSettings.Region));
        var credentials = await ((ICoreAmazonSTS)client).CredentialsFromAssumeRoleAuthenticationAsync(role.RoleArn, role.RoleSessionName, role.Options).ConfigureAwait(false);
        return new(credentials, credentials.Expiration);
    }
}
