using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Millrace.Lake.Retention;

namespace Millrace.Aws;

/// <summary>The lifecycle of a bucket, in which a lake has rules among those of others.</summary>
public sealed class S3Lifecycle(S3Options options) : IDisposable
{
    const string Configuration = "?lifecycle";

    readonly LateClient<AmazonS3Client> _client = new(() => S3Connection.OpenAsync(options));

    /// <summary>
    /// Puts the rules of a lake in the place of those that it had there, and keeps all others. S3 takes a bucket's rules as a whole and without a condition: what someone else changes in the very same moment may be lost.
    /// Throws a <see cref="UserException"/> where the bucket does not let it.
    /// </summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The lake's prefix in it, empty or ending in <c>/</c>.</param>
    /// <param name="rules">The rules; none takes the lake's rules away.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many rules are the lake's now, and how many of others were kept.</returns>
    public async Task<(int Set, int Kept)> ApplyAsync(string bucket, string prefix, IReadOnlyList<StorageTransition> rules, CancellationToken cancellationToken)
    {
        var there = await CallAsync(S3Action.ReadLifecycle, bucket, client => ReadAsync(client, bucket, cancellationToken), cancellationToken).ConfigureAwait(false);
        LifecycleRule[] all = [.. there?.Configuration?.Rules ?? []];
        LifecycleRule[] kept = [.. all.Where(rule => !StorageLifecycle.IsOurs(prefix, rule.Id, PrefixOf(rule)))];
        if (kept.Length + rules.Count > 0)
        {
            var request = new PutLifecycleConfigurationRequest
            {
                BucketName = bucket,
                Configuration = new LifecycleConfiguration { Rules = [.. kept, .. rules.Select(RuleOf)] },
                TransitionDefaultMinimumObjectSize = there?.TransitionDefaultMinimumObjectSize,
            };
            await CallAsync(S3Action.WriteLifecycle, bucket, client => client.PutLifecycleConfigurationAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        else if (all.Length > 0)
        {
            await CallAsync(S3Action.WriteLifecycle, bucket, client => client.DeleteLifecycleConfigurationAsync(bucket, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return (rules.Count, kept.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    static async Task<GetLifecycleConfigurationResponse?> ReadAsync(AmazonS3Client client, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetLifecycleConfigurationAsync(bucket, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e is { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchLifecycleConfiguration" })
        {
            return null;
        }
    }

    /// <summary>Null for a rule that asks for anything besides a prefix: such a rule is none of ours.</summary>
    static string? PrefixOf(LifecycleRule rule) => (rule.Filter?.LifecycleFilterPredicate as LifecyclePrefixPredicate)?.Prefix;

    static LifecycleRule RuleOf(StorageTransition rule) => new()
    {
        Id = rule.Id,
        Status = LifecycleRuleStatus.Enabled,
        Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = rule.Prefix } },
        Transitions = [new LifecycleTransition { Days = rule.Days, StorageClass = S3StorageClass.FindValue(rule.StorageClass) }],
    };

    async Task<T> CallAsync<T>(S3Action action, string bucket, Func<AmazonS3Client, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(await _client.GetAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && S3Errors.ToUserException(e, action, bucket, Configuration, options.Anonymous) is { } told)
        {
            throw told;
        }
    }
}
