namespace Millrace.Sources;

/// <summary>
/// Where <c>--out</c> points: a file or an object that appears whole when it is committed, or not at all. Until then the bytes are in a
/// hidden file beside the target (for an object: in the temporary folder), which goes when this is disposed; a crash leaves only that file.
/// </summary>
public sealed class Destination : IAsyncDisposable
{
    readonly string _name;
    readonly string _written;
    readonly Func<CancellationToken, Task> _publish;
    readonly WrittenFile _stream;
    bool _isCommitted;

    Destination(string name, string written, Func<CancellationToken, Task> publish)
    {
        (_name, _written, _publish) = (name, written, publish);
        _stream = new WrittenFile(name, written);
    }

    /// <summary>Takes the bytes. A write that fails, as on a full disk, throws a <see cref="UserException"/>.</summary>
    public Stream Stream => _stream;

    /// <summary>Opens a destination, with the folders that lead to it. What is there already stays until the commit.</summary>
    /// <param name="target">A path or <c>s3://bucket/key</c>.</param>
    /// <param name="store">Where <c>s3://</c> targets are; null where there is no such thing.</param>
    public static Destination Create(string target, IObjectStore? store) => ObjectAddress.IsAddress(target)
        ? CreateObject(ObjectAddress.Parse(target), store ?? throw new UserException($"'{target}' cannot be written: no object store is set up."))
        : CreateFile(target);

    /// <summary>Makes what was written visible under the target's name, replacing what was there; nothing may be written afterwards.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _stream.FinishAsync(cancellationToken).ConfigureAwait(false);
        await _publish(cancellationToken).ConfigureAwait(false);
        _isCommitted = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        if (!_isCommitted && _written != _name)
        {
            File.Delete(_written);
        }
    }

    static Destination CreateFile(string target)
    {
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
        {
            throw new UserException($"Cannot write '{target}': it is a directory; name a file in it.", UserException.Usage);
        }

        // A device such as /dev/null or /dev/stdout must be written to and not be replaced.
        if (Path.GetFullPath(target).StartsWith("/dev/", StringComparison.Ordinal))
        {
            return new Destination(target, target, _ => Task.CompletedTask);
        }

        return WrittenFile.Guard(target, () =>
        {
            var final = new FileInfo(target).LinkTarget is null ? target : File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
            var folder = Path.GetDirectoryName(Path.GetFullPath(final))!;
            Directory.CreateDirectory(folder);
            var written = Path.Join(folder, $".{Path.GetFileName(final)}.{Guid.NewGuid():N}.tmp");
            return new Destination(target, written, _ => WrittenFile.Guard(target, () =>
            {
                File.Move(written, final, overwrite: true);
                return Task.CompletedTask;
            }));
        });
    }

    static Destination CreateObject(ObjectAddress address, IObjectStore store)
    {
        if (address.Key.Length == 0 || address.Key.EndsWith('/'))
        {
            throw new UserException($"Cannot write '{address}': it is a prefix; name an object below it.", UserException.Usage);
        }

        var written = Path.Join(Path.GetTempPath(), $"millrace-{Guid.NewGuid():N}.tmp");
        return new Destination(address.ToString(), written, async cancellationToken =>
        {
            var content = File.OpenRead(written);
            await using (content.ConfigureAwait(false))
            {
                await store.PutAsync(address.Bucket, address.Key, content, cancellationToken).ConfigureAwait(false);
            }

            File.Delete(written);
        });
    }
}
