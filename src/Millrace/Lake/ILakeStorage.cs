using Millrace.Sources;

namespace Millrace.Lake;

/// <summary>
/// Where a lake's files are: the boundary to a disk or a bucket. Paths are relative to the lake, with <c>/</c> between folders. Implementations must be safe for use from several
/// threads, and must turn failures that a user can mend into a <see cref="UserException"/>.
/// </summary>
public interface ILakeStorage
{
    /// <summary>The lake as the user wrote it, for messages.</summary>
    string Name { get; }

    /// <summary>The files whose paths begin with the prefix, in the order of their paths.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>The bytes of a file; null where there is none of that path.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a file unless there is one: of several that try at once, exactly one succeeds; what it wrote survives a crash right after. Readers see it whole or not at all. False where there is
    /// one already.
    /// </summary>
    Task<bool> TryCreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes a file whole, replacing one of that path.</summary>
    Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Moves a finished local file into the lake under a name that nothing else uses. It survives a crash once this returns.</summary>
    Task AddAsync(string path, string localFile, CancellationToken cancellationToken);

    /// <summary>Removes a file; none of that path is no error.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>A local path under which a file can be read for as long as the process lives: its own, or that of a copy. There is nothing at the path where the lake has no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Its size in bytes; 0 where it is not known.</param>
    /// <param name="cancellationToken">Ends a wait for a network.</param>
    Task<string> FetchAsync(string path, long size, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a file to a colder place, where it keeps its path in the lake and is read as before. Throws a <see cref="UserException"/> where the store moves files by rules of its own.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="to">The place.</param>
    /// <param name="cancellationToken">Ends the copying; the file then stays where it is.</param>
    Task MoveAsync(string path, string to, CancellationToken cancellationToken);

    /// <summary>True where a file was moved, or where the store does that by itself.</summary>
    bool IsMoved(string path);

    /// <summary>Where new files are written before <see cref="AddAsync"/>: a local folder, on the lake's own disk where it has one.</summary>
    string StagingFolder { get; }
}
