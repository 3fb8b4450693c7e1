using System.Globalization;
using Millrace.Lake.Delta;
using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;

namespace Millrace.Lake;

/// <summary>A lake: its table of events, and the log that says what belongs to it.</summary>
public sealed class LakeTable
{
    /// <summary>The folder of the table of events.</summary>
    public const string Folder = "events";

    readonly ILakeStorage _storage;
    readonly DeltaLog _log;

    /// <summary>The lake of a storage. Nothing is read before it is needed.</summary>
    /// <param name="storage">Where its files are.</param>
    /// <param name="clock">Stamps commits.</param>
    public LakeTable(ILakeStorage storage, TimeProvider clock) => (_storage, Metrics, _log) = (storage, new MetricTable(storage, clock), new DeltaLog(storage, Folder, [LakeSchema.Day], clock));

    /// <summary>Where the lake's files are.</summary>
    public ILakeStorage Storage => _storage;

    internal DeltaLog Log => _log;

    /// <summary>The windows of metrics, as a table of their own.</summary>
    internal MetricTable Metrics { get; }

    /// <summary>The newest version. Throws a <see cref="UserException"/> where there is no lake.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="filesOnly">True where <see cref="LakeSnapshot.Marks"/> and <see cref="LakeSnapshot.Removed"/> need not be whole, as for a query.</param>
    public async Task<LakeSnapshot> ReadAsync(CancellationToken cancellationToken, bool filesOnly = false) =>
        await _log.ReadAsync(null, cancellationToken, filesOnly).ConfigureAwait(false) ?? throw NoLake();

    /// <summary>A version by its number, or the one of a point in time: <c>12</c>, <c>2026-11-22T10:00:00Z</c>.</summary>
    public async Task<LakeSnapshot> ReadAtAsync(string at, CancellationToken cancellationToken)
    {
        if (long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return await _log.ReadAsync(version, cancellationToken).ConfigureAwait(false) ?? throw NoLake();
        }

        if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw new UserException($"'{at}' is neither a version nor a time for --at. Expected something like 12 or 2026-11-22T10:00:00Z.", UserException.Usage);
        }

        return await _log.ReadAsOfAsync(time, cancellationToken).ConfigureAwait(false)
            ?? throw new UserException($"The lake '{_storage.Name}' has no version as old as {at}. 'millrace lake status' shows what it has.");
    }

    /// <summary>The version that there is, or null before the first commit.</summary>
    internal Task<LakeSnapshot?> TryReadAsync(CancellationToken cancellationToken) => _log.ReadAsync(null, cancellationToken);

    /// <summary>The path in the lake of a path in the table.</summary>
    internal static string PathOf(string path) => $"{Folder}/{path}";

    /// <summary>Deletes a file that no commit names, with its rollup and its windows of metrics.</summary>
    internal async Task DeleteAsync(LakeFile file, CancellationToken cancellationToken)
    {
        foreach (var windows in MetricWindows.Of(file))
        {
            await _storage.DeleteAsync(MetricWindows.PathOf(windows), cancellationToken).ConfigureAwait(false);
        }

        await DeleteAsync(_storage, file.Path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a file that no commit names, with its rollup.</summary>
    internal static async Task DeleteAsync(ILakeStorage storage, string path, CancellationToken cancellationToken)
    {
        await storage.DeleteAsync(PathOf(path), cancellationToken).ConfigureAwait(false);
        await storage.DeleteAsync(Rollup.PathOf(path), cancellationToken).ConfigureAwait(false);
    }

    UserException NoLake() => new($"'{_storage.Name}' is no lake: it has no '{Folder}/_delta_log'. 'millrace ingest SOURCE… --lake {_storage.Name}' makes one.");
}
