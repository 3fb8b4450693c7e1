namespace Millrace.Sources.Arrivals;

/// <summary>
/// Wakes whoever waits for a change below some paths, when the system tells of one. It may tell of nothing: the limit of watched directories may be reached, or a disk of another machine may not tell.
/// </summary>
sealed class DirectoryHints : IDisposable
{
    /// <summary>What comes in bursts is looked at once.</summary>
    static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    readonly SemaphoreSlim _changed = new(0, 1);
    readonly List<FileSystemWatcher> _watchers = [];

    public DirectoryHints(IEnumerable<string> sources)
    {
        foreach (var (folder, isDeep) in sources.SelectMany(Folders).Distinct())
        {
            try
            {
                var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = isDeep };
                _watchers.Add(watcher);
                watcher.Changed += Wake;
                watcher.Created += Wake;
                watcher.Renamed += Wake;
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // Without hints, changes are found by looking.
            }
        }
    }

    /// <summary>Waits for a change, but no longer than a while.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(longest, clock, end.Token);
        var change = _changed.WaitAsync(end.Token);
        var first = await Task.WhenAny(pause, change).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == change)
        {
            await Task.Delay(Burst, clock, cancellationToken).ConfigureAwait(false);
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }

        _changed.Dispose();
    }

    static IEnumerable<(string Folder, bool IsDeep)> Folders(string source) => Directory.Exists(source) ? [(source, true)]
        : File.Exists(source) ? [(Path.GetDirectoryName(Path.GetFullPath(source))!, false)]
        : GlobPattern.IsGlob(source) ? GlobPattern.Parse(source).Select(pattern => (pattern.Root.Length == 0 ? "." : pattern.Root, true))
        : [];

    void Wake(object sender, FileSystemEventArgs e)
    {
        try
        {
            _changed.Release();
        }
        catch (Exception full) when (full is SemaphoreFullException or ObjectDisposedException)
        {
            // Whoever waits is awake already, or gone.
        }
    }
}
