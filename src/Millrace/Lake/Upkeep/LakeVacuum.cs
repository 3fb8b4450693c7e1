using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;
using Millrace.Sources;

namespace Millrace.Lake.Upkeep;

/// <summary>
/// Deletes data files that no version within the safety period needs: those that were taken out longer ago, and those that nothing ever named, as a process leaves that died before its commit.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="clock">Says how long ago something was.</param>
public sealed class LakeVacuum(LakeTable lake, TimeProvider clock)
{
    /// <summary>How long a reader or a writer may take: the period within which nothing is deleted, unless another is asked for.</summary>
    public static readonly TimeSpan SafetyPeriod = TimeSpan.FromDays(7);

    /// <summary>The files that go.</summary>
    /// <param name="period">How long a file must not have been part of the lake.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<IReadOnlyList<StoredObject>> FindAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var snapshot = await lake.ReadAsync(cancellationToken).ConfigureAwait(false);
        var before = clock.GetUtcNow() - period;
        var found = new List<StoredObject>();
        foreach (var folder in new[] { LakeTable.Folder, Rollup.Folder })
        {
            await foreach (var file in lake.Storage.ListAsync(folder + "/", cancellationToken).ConfigureAwait(false))
            {
                var path = file.Key[(folder.Length + 1)..];
                if (path.EndsWith(".parquet", StringComparison.Ordinal) && !path.StartsWith('_') && !snapshot.Files.ContainsKey(path) && IsOld(snapshot.Removed, path, file, before))
                {
                    found.Add(file);
                }
            }
        }

        var windows = snapshot.Files.Values.SelectMany(MetricWindows.Of).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = (await lake.Metrics.TryReadAsync(cancellationToken).ConfigureAwait(false))?.Removed;
        await foreach (var file in lake.Storage.ListAsync(MetricWindows.Folder + "/", cancellationToken).ConfigureAwait(false))
        {
            var path = file.Key[(MetricWindows.Folder.Length + 1)..];
            if (path.EndsWith(".parquet", StringComparison.Ordinal) && !path.StartsWith('_') && !windows.Contains(path) && IsOld(removed, path, file, before))
            {
                found.Add(file);
            }
        }

        return found;
    }

    /// <summary>Deletes files that were found.</summary>
    public async Task DeleteAsync(IEnumerable<StoredObject> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await lake.Storage.DeleteAsync(file.Key, cancellationToken).ConfigureAwait(false);
        }
    }

    static bool IsOld(IReadOnlyDictionary<string, long>? removals, string path, StoredObject file, DateTimeOffset before) =>
        removals?.TryGetValue(path, out var removed) is true ? DateTimeOffset.FromUnixTimeMilliseconds(removed) < before : file.LastModified < before;
}
