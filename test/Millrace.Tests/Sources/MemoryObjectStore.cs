using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

/// <summary>Buckets in memory that do just what <see cref="IObjectStore"/> promises, and fail when told to.</summary>
public sealed class MemoryObjectStore : IObjectStore
{
    readonly ConcurrentDictionary<(string Bucket, string Key), byte[]> _objects = new();
    readonly ConcurrentDictionary<string, bool> _buckets = new();
    readonly ConcurrentQueue<(long Offset, int Length)> _reads = new();

    /// <summary>The ranges that were asked for.</summary>
    public IReadOnlyCollection<(long Offset, int Length)> Reads => _reads;

    /// <summary>The prefixes that were listed.</summary>
    public ConcurrentQueue<string> Lists { get; } = new();

    /// <summary>Called before each request with what it does and the key or prefix; may throw or wait.</summary>
    public Func<string, string, CancellationToken, Task> BeforeRequest { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>True to store whatever the condition says, as some stores do.</summary>
    public bool IgnoresConditions { get; init; }

    /// <summary>True where the answer to each conditional write is lost, and the client asks again by itself.</summary>
    public bool LosesAnswers { get; init; }

    public MemoryObjectStore CreateBucket(string bucket)
    {
        _buckets[bucket] = true;
        return this;
    }

    public MemoryObjectStore With(string bucket, string key, byte[] bytes)
    {
        CreateBucket(bucket)._objects[(bucket, key)] = bytes;
        return this;
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Lists.Enqueue(prefix);
        await BeforeRequest("list", prefix, cancellationToken);
        RequireBucket(bucket);
        foreach (var ((_, key), bytes) in _objects.Where(pair => pair.Key.Bucket == bucket).OrderBy(pair => pair.Key.Key, StringComparer.Ordinal))
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && (bytes.Length > 0 || !key.EndsWith('/')))
            {
                yield return Describe(key, bytes);
            }
        }
    }

    public async Task<StoredObject?> FindAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        await BeforeRequest("find", key, cancellationToken);
        RequireBucket(bucket);
        return _objects.TryGetValue((bucket, key), out var bytes) ? Describe(key, bytes) : null;
    }

    public async Task<byte[]> ReadAsync(string bucket, StoredObject stored, long offset, int length, CancellationToken cancellationToken)
    {
        _reads.Enqueue((offset, length));
        await BeforeRequest("read", stored.Key, cancellationToken);
        RequireBucket(bucket);
        return !_objects.TryGetValue((bucket, stored.Key), out var bytes) ? throw new UserException($"There is no object 's3://{bucket}/{stored.Key}'.")
            : stored.ETag.Length > 0 && Describe(stored.Key, bytes).ETag != stored.ETag ? throw new UserException($"'s3://{bucket}/{stored.Key}' was replaced while it was read; run again.")
            : [.. bytes.Skip((int)offset).Take(length)];
    }

    public async Task<byte[]> GetRangeAsync(string bucket, string key, long offset, int length, CancellationToken cancellationToken)
    {
        _reads.Enqueue((offset, length));
        await BeforeRequest("read", key, cancellationToken);
        RequireBucket(bucket);
        return _objects.TryGetValue((bucket, key), out var bytes)
            ? [.. bytes.Skip((int)offset).Take(length)]
            : throw new UserException($"There is no object 's3://{bucket}/{key}'.");
    }

    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        await BeforeRequest("put", key, cancellationToken);
        RequireBucket(bucket);
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        _objects[(bucket, key)] = bytes.ToArray();
    }

    public async Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await BeforeRequest("create", key, cancellationToken);
        RequireBucket(bucket);
        if (IgnoresConditions)
        {
            _objects[(bucket, key)] = content.ToArray();
            return true;
        }

        var isIn = _objects.TryAdd((bucket, key), content.ToArray());
        return LosesAnswers ? _objects.TryAdd((bucket, key), content.ToArray()) : isIn;
    }

    public async Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        await BeforeRequest("delete", key, cancellationToken);
        RequireBucket(bucket);
        _objects.TryRemove((bucket, key), out _);
    }

    static StoredObject Describe(string key, byte[] bytes) =>
        new(key, bytes.Length, DateTimeOffset.UnixEpoch, Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(bytes)));

    void RequireBucket(string bucket)
    {
        if (!_buckets.ContainsKey(bucket))
        {
            throw new UserException($"There is no bucket '{bucket}'; check its name and --s3-endpoint.");
        }
    }
}
