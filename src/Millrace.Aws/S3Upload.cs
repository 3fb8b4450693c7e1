using Amazon.S3;
using Amazon.S3.Model;

namespace Millrace.Aws;

/// <summary>Stores one object: in one request, or in parts where it is large.</summary>
sealed class S3Upload(AmazonS3Client client, string bucket, string key)
{
    const long MaxWholeBytes = 64 * 1024 * 1024;
    const int PartBytes = 32 * 1024 * 1024;

    /// <summary>S3 takes 10,000 parts at most.</summary>
    const int MaxParts = 10_000;

    public Task PutAsync(Stream content, CancellationToken cancellationToken) => content.CanSeek && content.Length - content.Position <= MaxWholeBytes
        ? client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false }, cancellationToken)
        : PutPartsAsync(content, cancellationToken);

    async Task PutPartsAsync(Stream content, CancellationToken cancellationToken)
    {
        var started = await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken).ConfigureAwait(false);
        try
        {
            var parts = await SendPartsAsync(content, started.UploadId, cancellationToken).ConfigureAwait(false);
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = started.UploadId, PartETags = parts },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Parts without an object would be paid for; a cancelled upload must still be cleared away.
            await client.AbortMultipartUploadAsync(bucket, key, started.UploadId, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    async Task<List<PartETag>> SendPartsAsync(Stream content, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        var buffer = new byte[content.CanSeek ? (int)Math.Max(PartBytes, (content.Length / MaxParts) + 1) : PartBytes];
        int read;
        do
        {
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var sent = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = uploadId,
                    PartNumber = parts.Count + 1,
                    InputStream = new MemoryStream(buffer, 0, read),
                    PartSize = read,
                    UseChunkEncoding = false,
                },
                cancellationToken).ConfigureAwait(false);
            parts.Add(new PartETag(parts.Count + 1, sent.ETag));
        }
        while (read == buffer.Length);
        return parts;
    }
}
