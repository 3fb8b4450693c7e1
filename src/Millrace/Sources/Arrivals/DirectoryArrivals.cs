using System.Runtime.CompilerServices;

namespace Millrace.Sources.Arrivals;

/// <summary>
/// New and grown files of local paths, directories and globs. They are found by looking through the directories again and again; what the system tells of changes only makes this happen sooner, since such
/// hints get lost. A file may arrive under a name of its rotation too.
/// </summary>
public sealed class DirectoryArrivals : IArrivals
{
    readonly IReadOnlyList<string> _sources;
    readonly TimeProvider _clock;
    readonly ArrivalOptions _options;
    readonly DirectoryHints _hints;
    readonly Dictionary<string, State> _seen = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    bool _hasScanned;

    /// <summary>Watches paths, directories or globs.</summary>
    /// <param name="sources">What the user wrote.</param>
    /// <param name="clock">Says when to look again, and how old files are.</param>
    /// <param name="options">How often to look.</param>
    public DirectoryArrivals(IReadOnlyList<string> sources, TimeProvider clock, ArrivalOptions options)
    {
        (_sources, _clock, _options) = (sources, clock, options);
        _hints = new DirectoryHints(sources);
    }

    /// <inheritdoc/>
    public string Name => _sources.Count == 1 ? $"'{_sources[0]}'" : $"'{_sources[0]}' and {_sources.Count - 1} more";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var source in _sources)
        {
            Find(source);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Arrival?> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var started = _clock.GetTimestamp();
            var arrivals = Scan();

            // Looking through very many files takes its time, of which it shall not take the most.
            var rest = _clock.GetElapsedTime(started) * 10;
            foreach (var arrival in arrivals)
            {
                yield return arrival;
            }

            yield return null;
            await _hints.WaitAsync(_options.ScanEvery > rest ? _options.ScanEvery : rest, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReturnAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _seen.Remove((string)arrival.Receipt!);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _hints.Dispose();
        return default;
    }

    List<Arrival> Scan()
    {
        var now = _clock.GetUtcNow();
        var found = _sources.SelectMany(Find).GroupBy(file => file.Identity, StringComparer.Ordinal).Select(same => same.First()).ToList();
        lock (_lock)
        {
            var arrivals = found.Where(file => !UnfinishedNames.IsUnfinished(file.Name) && IsNews(file, now)).Select(file => ToArrival(file, now)).ToList();
            if (_seen.Count > found.Count)
            {
                var identities = found.Select(file => file.Identity).ToHashSet(StringComparer.Ordinal);
                foreach (var gone in _seen.Keys.Where(identity => !identities.Contains(identity)).ToList())
                {
                    _seen.Remove(gone);
                }
            }

            _hasScanned = true;
            return arrivals;
        }
    }

    /// <summary>True for a file that is not as it was when it last arrived, and once more when it has been left alone for long.</summary>
    bool IsNews(FoundFile file, DateTimeOffset now)
    {
        var info = new FileInfo(file.Identity);
        if (!info.Exists || info.Length == 0)
        {
            return false;
        }

        var state = new State(info.Length, info.LastWriteTimeUtc, now - info.LastWriteTimeUtc >= _options.SettleTime);
        if (_seen.TryGetValue(file.Identity, out var before) && before == state)
        {
            return false;
        }

        _seen[file.Identity] = state;
        return true;
    }

    // What lies there at the beginning may be old, and waits since now.
    Arrival ToArrival(FoundFile file, DateTimeOffset now) =>
        new(file.Name, _hasScanned && _seen[file.Identity].Written is var written && written < now ? written : now, _ => Task.FromResult(Open(file.Name)))
        {
            Size = _seen[file.Identity].Length,
            Receipt = file.Identity,
        };

    LogFile? Open(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new LocalFile(path) { IsGrowing = _clock.GetUtcNow() - info.LastWriteTimeUtc < _options.SettleTime } : null;
    }

    IEnumerable<FoundFile> Find(string source)
    {
        try
        {
            return new LocalFiles().Find(source);
        }
        catch (UserException) when (IsAwaited(source))
        {
            // Nothing matches a glob yet, or the file is between its old name and its new one.
            return [];
        }
    }

    bool IsAwaited(string source) => _hasScanned ? !File.Exists(source) && !Directory.Exists(source)
        : GlobPattern.IsGlob(source) && GlobPattern.Parse(source).All(pattern => pattern.Root.Length == 0 || Directory.Exists(pattern.Root));

    sealed record State(long Length, DateTimeOffset Written, bool IsSettled);
}
