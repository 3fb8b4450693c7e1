using System.Runtime.CompilerServices;
using Millrace.Sources;

namespace Millrace.Lake;

/// <summary>A lake in a local directory. A file that is written first has a hidden name beside its place, then is linked or moved to it.</summary>
/// <param name="path">The directory, as the user wrote it.</param>
public sealed class DirectoryStorage(string path) : ILakeStorage
{
    const string Staging = ".staging";

    readonly string _root = Path.GetFullPath(path);
    readonly DurableFolders _folders = new(Path.GetFullPath(path));

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public string StagingFolder => Path.Join(_root, Staging);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var folder = Path.Join(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        var files = Guard(prefix, () => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(_root, file).Replace('\\', '/'), Full: file))
            .Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal) && !Path.GetFileName(file.Path).StartsWith('.') && !file.Path.StartsWith(Staging, StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList());
        foreach (var (relative, full) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var info = new FileInfo(File.ResolveLinkTarget(full, returnFinalTarget: false)?.FullName ?? full);
            if (info.Exists)
            {
                yield return new StoredObject(relative, info.Length, info.LastWriteTimeUtc, "");
            }
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<byte[]?>(File.ReadAllBytes(Full(path)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<byte[]?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", path, e);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryCreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult(Guard(path, () =>
    {
        var written = Write(path, content.Span);
        try
        {
            // Unlike a move, a link never replaces what is there.
            if (!HardLink.TryCreate(written, Full(path)))
            {
                return false;
            }

            Flush(path);
            return true;
        }
        finally
        {
            File.Delete(written);
        }
    }));

    /// <inheritdoc/>
    public Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Guard(path, () =>
        {
            File.Move(Write(path, content.Span), Full(path), overwrite: true);
            Flush(path);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AddAsync(string path, string localFile, CancellationToken cancellationToken)
    {
        Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
            using (var handle = File.OpenHandle(localFile, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(localFile, Full(path), overwrite: false);
            Flush(path);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        Guard(path, () =>
        {
            if (File.Exists(Full(path)))
            {
                var moved = File.ResolveLinkTarget(Full(path), returnFinalTarget: false)?.FullName;
                File.Delete(Full(path));
                if (moved is not null)
                {
                    File.Delete(moved);
                }
            }

            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task MoveAsync(string path, string to, CancellationToken cancellationToken)
    {
        var (full, target) = (Full(path), Path.GetFullPath(Path.Join(to, path)));
        var (copied, link) = ($"{target}.tmp", Path.Join(Path.GetDirectoryName(full), $".{Path.GetFileName(full)}.tmp"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var source = File.OpenRead(full);
            await using (source.ConfigureAwait(false))
            {
                var copy = File.Create(copied);
                await using (copy.ConfigureAwait(false))
                {
                    await source.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
                    copy.Flush(flushToDisk: true);
                }
            }

            // At no time is the path without its file: the link takes its place in one step.
            File.Move(copied, target, overwrite: true);
            File.Delete(link);
            File.CreateSymbolicLink(link, target);
            File.Move(link, full, overwrite: true);
            Flush(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(copied);
            throw Failed($"move to '{to}' the file", path, e);
        }
    }

    /// <inheritdoc/>
    public bool IsMoved(string path) => File.ResolveLinkTarget(Full(path), returnFinalTarget: false) is not null;

    /// <inheritdoc/>
    public Task<string> FetchAsync(string path, long size, CancellationToken cancellationToken) => Task.FromResult(Full(path));

    string Full(string path) => Path.Join(_root, path);

    void Flush(string path)
    {
        try
        {
            _folders.Flush(Path.GetDirectoryName(Full(path))!);
        }
        catch (IOException e)
        {
            throw new UserException($"'{Path.Join(Name, path)}' was written, and the disk does not confirm it: {FileErrors.Reason(e)}. See to the disk, then run 'millrace lake check'.", cause: e);
        }
    }

    /// <summary>Writes beside the place, so that what follows stays on one disk. Returns the name.</summary>
    string Write(string path, ReadOnlySpan<byte> content)
    {
        var full = Full(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var written = Path.Join(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using var handle = File.OpenHandle(written, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }
        catch
        {
            File.Delete(written);
            throw;
        }

        return written;
    }

    T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("write", path, e);
        }
    }

    UserException Failed(string what, string path, Exception e) => new($"Cannot {what} '{Path.Join(Name, path)}': {FileErrors.Reason(e)}. The lake is as it was.", cause: e);
}
