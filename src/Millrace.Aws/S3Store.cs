using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Millrace.Sources;

namespace Millrace.Aws;

/// <summary>Amazon S3, or a store that speaks its protocol. Connects and looks for credentials when it is first used.</summary>
public sealed class S3Store(S3Options options) : IObjectStore, IDisposable
{
    const int ReadAttempts = 3;
    const int ConditionalAttempts = 6;

    readonly LateClient<AmazonS3Client> _client = new(() => S3Connection.OpenAsync(options));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync(S3Action.List, bucket, prefix, client => client.ListObjectsV2Async(request, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (var stored in page.S3Objects ?? [])
            {
                var size = stored.Size ?? 0;
                if (size > 0 || !stored.Key.EndsWith('/'))
                {
                    yield return new StoredObject(stored.Key, size, stored.LastModified ?? default(DateTimeOffset), stored.ETag?.Trim('"') ?? "");
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <inheritdoc/>
    public async Task<StoredObject?> FindAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = bucket, Key = key };
        try
        {
            var found = await CallAsync(S3Action.Read, bucket, key, client => client.GetObjectMetadataAsync(request, cancellationToken), cancellationToken, HttpStatusCode.NotFound).ConfigureAwait(false);
            return new StoredObject(key, found.ContentLength, found.LastModified ?? default(DateTimeOffset), found.ETag?.Trim('"') ?? "");
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(string bucket, StoredObject stored, long offset, int length, CancellationToken cancellationToken)
    {
        try
        {
            return await GetRangeAsync(bucket, stored.Key, offset, length, stored.ETag.Length > 0 ? $"\"{stored.ETag}\"" : null, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            throw Replaced(bucket, stored.Key, e);
        }
    }

    /// <inheritdoc/>
    public Task<byte[]> GetRangeAsync(string bucket, string key, long offset, int length, CancellationToken cancellationToken) =>
        GetRangeAsync(bucket, key, offset, length, null, cancellationToken);

    async Task<byte[]> GetRangeAsync(string bucket, string key, long offset, int length, string? eTag, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return [];
        }

        var request = new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(offset, offset + length - 1), EtagToMatch = eTag };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CallAsync(S3Action.Read, bucket, key, client => ReadAsync(client, request, length, cancellationToken), cancellationToken, HttpStatusCode.PreconditionFailed)
                    .ConfigureAwait(false);
            }
            catch (BrokenBodyException e) when (attempt == ReadAttempts)
            {
                throw new UserException($"Reading 's3://{bucket}/{key}' broke off {ReadAttempts} times; try again later.", cause: e);
            }
            catch (BrokenBodyException)
            {
                // The SDK repeats requests, but not the reading of an answer that has begun.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 300) << attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        await CallAsync(S3Action.Write, bucket, key, async client =>
        {
            await new S3Upload(client, bucket, key).PutAsync(content, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var stream = new MemoryStream(content.ToArray());
                var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, UseChunkEncoding = false, IfNoneMatch = "*" };
                await CallAsync(S3Action.Write, bucket, key, client => client.PutObjectAsync(request, cancellationToken), cancellationToken, HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict).ConfigureAwait(false);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && attempt < ConditionalAttempts)
            {
                // Another writer is storing the same key at this moment; whether there will be an object shows in a while.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50, 150) << attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        CallAsync(S3Action.Write, bucket, key, client => client.DeleteObjectAsync(bucket, key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    static UserException Replaced(string bucket, string key, Exception? cause) => new($"'s3://{bucket}/{key}' was replaced while it was read; run again.", cause: cause);

    static async Task<byte[]> ReadAsync(AmazonS3Client client, GetObjectRequest request, int length, CancellationToken cancellationToken)
    {
        GetObjectResponse response;
        try
        {
            response = await client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return [];
        }

        using (response)
        {
            // Stores that take no notice of conditions still say what they give.
            if (request.EtagToMatch is { } tag && response.ETag is { Length: > 0 } given && given != tag)
            {
                throw Replaced(request.BucketName, request.Key, null);
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, response.ContentLength));
            try
            {
                await response.ResponseStream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new BrokenBodyException(e);
            }

            return bytes;
        }
    }

    async Task<T> CallAsync<T>(S3Action action, string bucket, string key, Func<AmazonS3Client, Task<T>> call, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        try
        {
            var client = await _client.GetAsync(cancellationToken).ConfigureAwait(false);
            return await call(client).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (expected.Contains(e.StatusCode))
        {
            throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && S3Errors.ToUserException(e, action, bucket, key, options.Anonymous) is { } told)
        {
            throw told;
        }
    }

    sealed class BrokenBodyException(Exception cause) : Exception("The answer broke off.", cause);
}
