using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace Millrace.Aws;

/// <summary>Tells a failed request as something that the user can act on; names the bucket and the key, never a credential or a host.</summary>
static class S3Errors
{
    /// <summary>Null where the failure is none that a user could do something about.</summary>
    public static UserException? ToUserException(Exception failure, S3Action action, string bucket, string key, bool isAnonymous) => failure switch
    {
        AmazonS3Exception e => new UserException(Explain(e, action, bucket, key, isAnonymous), cause: e),
        HttpRequestException e => new UserException(
            $"The S3 endpoint cannot be reached ({Reason(e)}). Check the network, --s3-endpoint and AWS_ENDPOINT_URL.", cause: e),
        OperationCanceledException or TimeoutException => new UserException(
            $"S3 did not answer in time while {Doing(action)} 's3://{bucket}/{key}'; check the network and try again.", cause: failure),
        AmazonServiceException e => new UserException(
            $"AWS refused the credentials for 's3://{bucket}/{key}' ({e.ErrorCode}); sign in again or check the role and the profile.", cause: e),
        AmazonClientException e => new UserException(
            $"S3 could not be asked while {Doing(action)} 's3://{bucket}/{key}'; check the credentials and --s3-endpoint.", cause: e),
        _ => null,
    };

    static string Explain(AmazonS3Exception e, S3Action action, string bucket, string key, bool isAnonymous) => e switch
    {
        { ErrorCode: "NoSuchBucket" } => $"There is no bucket '{bucket}'; check its name and --s3-endpoint.",
        { ErrorCode: "InvalidBucketName" } => $"'{bucket}' is not a name that a bucket can have.",
        { ErrorCode: "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired" }
            => "The AWS credentials have expired; sign in again, for instance with 'aws sso login', or renew AWS_SESSION_TOKEN.",
        { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" }
            => $"S3 does not accept the AWS credentials ({e.ErrorCode}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE.",
        { ErrorCode: "RequestTimeTooSkewed" } => "S3 refuses the request because this computer's clock is wrong; set it and try again.",
        { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" }
            or { StatusCode: HttpStatusCode.MovedPermanently }
            => $"The bucket '{bucket}' is in another region; set AWS_REGION to the bucket's region.",
        { StatusCode: HttpStatusCode.Forbidden } => isAnonymous
            ? $"'s3://{bucket}/{key}' is not public; use credentials instead of anonymous access."
            : $"Access to 's3://{bucket}/{key}' is denied: the credentials in use need the permission {Permission(action)}.",
        { StatusCode: HttpStatusCode.NotFound } => $"There is no object 's3://{bucket}/{key}'.",
        { StatusCode: >= HttpStatusCode.InternalServerError } => $"S3 is not able to answer for 's3://{bucket}/{key}' now ({e.ErrorCode}); try again later.",
        _ => $"S3 refused {Doing(action)} 's3://{bucket}/{key}' ({e.ErrorCode}, status {(int)e.StatusCode}).",
    };

    static string Doing(S3Action action) => action switch { S3Action.List => "listing", S3Action.Read or S3Action.ReadLifecycle => "reading", _ => "writing" };

    static string Permission(S3Action action) => action switch
    {
        S3Action.List => "s3:ListBucket",
        S3Action.Read => "s3:GetObject",
        S3Action.ReadLifecycle => "s3:GetLifecycleConfiguration",
        S3Action.WriteLifecycle => "s3:PutLifecycleConfiguration",
        _ => "s3:PutObject",
    };

    // The outer message would name the host.
    static string Reason(HttpRequestException e) => e.InnerException is SocketException socket ? socket.Message : e.HttpRequestError.ToString();
}
