using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Millrace.Sources;

namespace Millrace.Lake;

/// <summary>A lake below a prefix of a bucket. Files that are read are copied to a local folder first, once.</summary>
/// <param name="address">The lake's prefix.</param>
/// <param name="store">The store.</param>
/// <param name="cacheFolder">Where copies and files that are being written lie.</param>
public sealed class BucketStorage(ObjectAddress address, IObjectStore store, string cacheFolder) : ILakeStorage
{
    readonly string _prefix = address.Key.Length == 0 || address.Key.EndsWith('/') ? address.Key : address.Key + "/";
    readonly ConcurrentDictionary<string, Lazy<Task<string>>> _copies = new();
    bool _isProbed;

    /// <inheritdoc/>
    public string Name { get; } = address.ToString().TrimEnd('/');

    /// <inheritdoc/>
    public string StagingFolder => Path.Join(cacheFolder, "staging");

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stored in store.ListAsync(address.Bucket, _prefix + prefix, cancellationToken).ConfigureAwait(false))
        {
            yield return stored with { Key = stored.Key[_prefix.Length..] };
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } stored ? await ReadAsync(stored, cancellationToken).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!_isProbed)
        {
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
            _isProbed = true;
        }

        return await store.TryCreateAsync(address.Bucket, _prefix + path, content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray());
        await store.PutAsync(address.Bucket, _prefix + path, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task AddAsync(string path, string localFile, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(localFile);
        await using (content.ConfigureAwait(false))
        {
            await store.PutAsync(address.Bucket, _prefix + path, content, cancellationToken).ConfigureAwait(false);
        }

        File.Delete(localFile);
    }

    /// <inheritdoc/>
    public Task MoveAsync(string path, string to, CancellationToken cancellationToken) =>
        throw new UserException($"The files of '{Name}' are moved by the lifecycle of their bucket. 'millrace lake retain --lifecycle' prints it.");

    /// <inheritdoc/>
    public bool IsMoved(string path) => true;

    /// <inheritdoc/>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => store.DeleteAsync(address.Bucket, _prefix + path, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> FetchAsync(string path, long size, CancellationToken cancellationToken)
    {
        if (path.Contains("/_delta_log/", StringComparison.Ordinal))
        {
            return await CopyOfLogAsync(path, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var own = new Lazy<Task<string>>(() => CopyAsync(path, size, cancellationToken));
            var copy = _copies.GetOrAdd(path, own);
            try
            {
                return await copy.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (copy != own && !cancellationToken.IsCancellationRequested)
            {
                // Only the one who began the copy has given it up.
                _copies.TryRemove(KeyValuePair.Create(path, copy));
            }
            catch
            {
                // The next who asks tries again.
                _copies.TryRemove(KeyValuePair.Create(path, copy));
                throw;
            }
        }
    }

    /// <summary>A file of the log may be another under the same name, where a lake was deleted and made again: its copy is known by its ETag.</summary>
    async Task<string> CopyOfLogAsync(string path, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(path, cancellationToken).ConfigureAwait(false);
        var local = LocalOf($"{path}.{Uri.EscapeDataString(stored?.ETag ?? "")}");
        return stored is null || Exists(local, stored.Size) ? local : await WriteAsync(local, await ReadAsync(stored, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Data files never change under their names, so that a copy serves as long as it is there.</summary>
    async Task<string> CopyAsync(string path, long size, CancellationToken cancellationToken)
    {
        var local = LocalOf(path);
        return Exists(local, size) || await ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } content
            ? local
            : await WriteAsync(local, content, cancellationToken).ConfigureAwait(false);
    }

    async Task<StoredObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        // Of the keys that begin with a key, it is the first.
        await foreach (var stored in store.ListAsync(address.Bucket, _prefix + path, cancellationToken).ConfigureAwait(false))
        {
            return stored.Key == _prefix + path ? stored : null;
        }

        return null;
    }

    Task<byte[]> ReadAsync(StoredObject stored, CancellationToken cancellationToken) =>
        store.GetRangeAsync(address.Bucket, stored.Key, 0, checked((int)stored.Size), cancellationToken);

    string LocalOf(string path) => Path.Join(cacheFolder, "files", Uri.EscapeDataString(Name), path);

    // A copy that a crash has cut short has another size. Who does not know the size gives 0.
    static bool Exists(string local, long size) => new FileInfo(local) is { Exists: true } found && (size == 0 || found.Length == size);

    static async Task<string> WriteAsync(string local, byte[] content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        var written = $"{local}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllBytesAsync(written, content, cancellationToken).ConfigureAwait(false);
        File.Move(written, local, overwrite: true);
        return local;
    }

    /// <summary>A store that takes the second of two conditional writes would lose commits, and is refused.</summary>
    async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var key = $"{_prefix}.probe-{Guid.NewGuid():N}";
        await store.TryCreateAsync(address.Bucket, key, "1"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var second = await store.TryCreateAsync(address.Bucket, key, "2"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await store.DeleteAsync(address.Bucket, key, cancellationToken).ConfigureAwait(false);
        if (second)
        {
            throw new UserException(
                $"The store behind '{Name}' ignores conditional writes (If-None-Match), so that two writers could overwrite each other's commits. Use a store that has them, such as Amazon S3, or a lake in a directory.");
        }
    }
}
