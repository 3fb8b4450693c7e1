namespace Millrace.Generation.Output;

/// <summary>One of the files that a run writes.</summary>
/// <param name="Service">The number of the service whose file this is; 0 where files are not by service.</param>
/// <param name="Part">Rises with time: the number of the day, or of the file.</param>
readonly record struct FileKey(int Service, int Part);

/// <summary>The files of a run that are not complete yet. Files whose part is over are completed early, so that only a few are open.</summary>
/// <param name="output">Where they go.</param>
/// <param name="nameOf">The name of a file.</param>
sealed class OpenFiles(GenerationOutput output, Func<FileKey, string> nameOf) : IAsyncDisposable
{
    readonly Dictionary<FileKey, GeneratedFile> _open = [];
    int _oldestPart = int.MaxValue;

    public int FilesWritten { get; private set; }

    public long BytesWritten { get; private set; }

    public GeneratedFile this[FileKey key]
    {
        get
        {
            if (!_open.TryGetValue(key, out var file))
            {
                _open[key] = file = output.Open(nameOf(key));
                _oldestPart = Math.Min(_oldestPart, key.Part);
            }

            return file;
        }
    }

    /// <summary>Completes the files of earlier parts. The caller must not write to them again.</summary>
    public async Task CompleteBeforeAsync(int part, CancellationToken cancellationToken)
    {
        if (_oldestPart >= part)
        {
            return;
        }

        foreach (var (key, file) in _open.Where(entry => entry.Key.Part < part).ToList())
        {
            await file.CompleteAsync(cancellationToken);
            await file.DisposeAsync();
            FilesWritten++;
            BytesWritten += file.BytesWritten;
            _open.Remove(key);
        }

        _oldestPart = _open.Count == 0 ? int.MaxValue : _open.Keys.Min(key => key.Part);
    }

    public Task CompleteAllAsync(CancellationToken cancellationToken) => CompleteBeforeAsync(int.MaxValue, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values)
        {
            await file.DisposeAsync();
        }
    }
}
