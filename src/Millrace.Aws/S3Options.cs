namespace Millrace.Aws;

/// <summary>How S3, or a store that speaks its protocol, is reached. Secrets are no options: they come from the environment or the AWS credential chain.</summary>
public sealed record S3Options
{
    /// <summary>The URL of a store other than AWS's own; where null, <c>AWS_ENDPOINT_URL_S3</c> and <c>AWS_ENDPOINT_URL</c> are looked at.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Where null: <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, the profile's, or else us-east-1, from where AWS leads on to a bucket's own region.</summary>
    public string? Region { get; init; }

    /// <summary>Signs no request, for public buckets.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Puts the bucket's name into the path rather than into the host's name; where null, done when there is an endpoint.</summary>
    public bool? PathStyle { get; init; }
}
