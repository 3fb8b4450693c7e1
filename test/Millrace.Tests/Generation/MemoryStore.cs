using Millrace.Sources;

namespace Millrace.Tests.Generation;

/// <summary>The puts of an object store, in memory.</summary>
sealed class MemoryStore : IObjectStore
{
    public Dictionary<string, byte[]> Objects { get; } = [];

    public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StoredObject?> FindAsync(string bucket, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<byte[]> ReadAsync(string bucket, StoredObject stored, long offset, int length, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<byte[]> GetRangeAsync(string bucket, string key, long offset, int length, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        Objects[$"{bucket}/{key}"] = bytes.ToArray();
    }
}
