namespace Millrace.Sources;

/// <summary>
/// A bucket store such as S3: the boundary between the engine and a cloud. Implementations must be safe for use from several threads,
/// must retry what is worth retrying by themselves, and must turn failures that a user can mend (no such bucket, no credentials, no
/// permission) into a <see cref="UserException"/> that names the bucket but never a credential.
/// </summary>
public interface IObjectStore
{
    /// <summary>Lists the objects whose key begins with the prefix, in key order, page by page. Folder markers (keys that end in <c>/</c> with size 0) are left out.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>What the store says of one object now; null where there is none of that key.</summary>
    Task<StoredObject?> FindAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Reads bytes of an object as it was found, fewer only at its end. Must throw a <see cref="UserException"/> where the key holds something else by now, so that no reader ever mixes two contents.
    /// </summary>
    Task<byte[]> ReadAsync(string bucket, StoredObject stored, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Reads <paramref name="length"/> bytes from an offset; fewer only at the object's end.</summary>
    Task<byte[]> GetRangeAsync(string bucket, string key, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Stores an object whole: readers see the old one or the new one, never a part. Replaces an object of the same key.</summary>
    Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an object unless there is one of the key: of several that try at once, exactly one succeeds. Guaranteed even where this process or another dies in between.
    /// Returns false where there is one already. A store without conditional writes must not answer true to the second of two; <see cref="NotSupportedException"/> says that it has none.
    /// </summary>
    Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Removes an object; none of that key is no error.</summary>
    Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken);
}
