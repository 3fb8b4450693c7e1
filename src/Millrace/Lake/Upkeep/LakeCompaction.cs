using System.Globalization;
using Millrace.Lake.Delta;
using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;
using Millrace.Queries;

namespace Millrace.Lake.Upkeep;

/// <summary>
/// Puts small files of a day and service together, and those of services that have little. Readers of the version before keep their files until a vacuum; a commit that came in between is kept, and where it took one of the files away the group is left for the next time.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="memoryBytes">How much memory sorting may take.</param>
public sealed class LakeCompaction(LakeTable lake, long memoryBytes = 2L << 30)
{
    /// <summary>How large a file should be.</summary>
    public const long TargetBytes = 128L << 20;

    /// <summary>A service that has less in a day than a file divided by this shares one with others.</summary>
    const int LeastShareOfTarget = 16;

    /// <summary>How many new files a commit brings in: commits are work for every reader, and a crash leaves only the newest undone.</summary>
    const int GroupsPerCommit = 32;

    /// <summary>The files that would be put together, a list a new file.</summary>
    public static IReadOnlyList<IReadOnlyList<LakeFile>> Groups(LakeSnapshot snapshot, long targetBytes)
    {
        var groups = new List<IReadOnlyList<LakeFile>>();
        var small = snapshot.Files.Values.Where(file => file.Bytes < targetBytes / 2).GroupBy(file => FolderOf(file.Path), StringComparer.Ordinal);
        foreach (var day in small.GroupBy(folder => FolderOf(folder.Key), StringComparer.Ordinal).OrderBy(day => day.Key, StringComparer.Ordinal))
        {
            // Files of hundreds of services would each be small for ever.
            var sparse = day.Where(folder => folder.All(file => file.Services is not null) && folder.Sum(file => file.Bytes) < targetBytes / LeastShareOfTarget).ToList();
            foreach (var folder in day.Except(sparse).OrderBy(folder => folder.Key, StringComparer.Ordinal))
            {
                groups.AddRange(Packed(folder.OrderBy(file => file.First).ThenBy(file => file.Path, StringComparer.Ordinal), targetBytes));
            }

            groups.AddRange(Packed(sparse.SelectMany(folder => folder).OrderBy(file => file.Services!.Value.Least, StringComparer.Ordinal).ThenBy(file => file.Path, StringComparer.Ordinal), targetBytes));
        }

        groups.RemoveAll(group => group.Count < 2);
        return groups;
    }

    static IEnumerable<IReadOnlyList<LakeFile>> Packed(IEnumerable<LakeFile> files, long targetBytes)
    {
        var group = new List<LakeFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            if (group.Count > 0 && bytes + file.Bytes > targetBytes)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(file);
            bytes += file.Bytes;
        }

        yield return group;
    }

    /// <summary>Compacts what there is to compact.</summary>
    /// <param name="targetBytes">How large a file should be.</param>
    /// <param name="options">How a session is opened.</param>
    /// <returns>How many files became how many.</returns>
    public async Task<(int From, int To)> RunAsync(long targetBytes, QueryOptions options)
    {
        var stop = options.CancellationToken;
        var (from, to) = (0, 0);
        using var session = new QuerySession(options);
        session.LimitMemory(memoryBytes);
        foreach (var groups in Groups(await lake.ReadAsync(stop).ConfigureAwait(false), targetBytes).Chunk(GroupsPerCommit))
        {
            foreach (var compacted in await CompactAsync(groups, session, stop).ConfigureAwait(false))
            {
                (from, to) = (from + compacted.Count, to + 1);
            }
        }

        await lake.Metrics.FollowAsync(await lake.ReadAsync(stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        return (from, to);
    }

    /// <summary>Puts groups together. Returns those that are: another's commit may have taken files of the others away.</summary>
    async Task<IReadOnlyList<IReadOnlyList<LakeFile>>> CompactAsync(IReadOnlyList<LakeFile>[] groups, QuerySession session, CancellationToken stop)
    {
        var written = new List<(IReadOnlyList<LakeFile> Group, LakeFile File)>();
        try
        {
            foreach (var group in groups)
            {
                written.Add((group, await WriteAsync(group, session, stop).ConfigureAwait(false)));
            }
        }
        catch
        {
            // A disk that is full must not stay so by what nothing names.
            foreach (var (_, file) in written)
            {
                await lake.DeleteAsync(file, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        (IReadOnlyList<LakeFile> Group, LakeFile File)[] done = [];
        await lake.Log.CommitAsync(
            basis =>
            {
                done = [.. written.Where(one => basis is not null && one.Group.All(file => basis.Files.ContainsKey(file.Path)))];
                return done.Length == 0
                    ? null
                    : [
                        .. done.SelectMany(one => one.Group).Select(file => new DeltaAction.Remove(file, lake.Log.Now, ChangesData: false)),
                        .. done.Select(one => new DeltaAction.Add(one.File, ChangesData: false)),
                        new DeltaAction.Info("OPTIMIZE", lake.Log.Now, new Dictionary<string, string>()),
                    ];
            },
            stop).ConfigureAwait(false);
        foreach (var (_, file) in written.Except(done))
        {
            await lake.DeleteAsync(file, stop).ConfigureAwait(false);
        }

        return [.. done.Select(one => one.Group)];
    }

    async Task<LakeFile> WriteAsync(IReadOnlyList<LakeFile> group, QuerySession session, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var folder = FolderOf(group[0].Path);
        if (group.Any(file => FolderOf(file.Path) != folder))
        {
            folder = $"{FolderOf(folder)}/service={HiveFolder.Several}";
        }

        var path = $"{folder}/part-{id}.parquet";
        Directory.CreateDirectory(lake.Storage.StagingFolder);
        var local = Path.Join(lake.Storage.StagingFolder, $"{id}.parquet");
        try
        {
            var paths = new List<string>();
            foreach (var file in group)
            {
                paths.Add(await lake.Storage.FetchAsync(LakeTable.PathOf(file.Path), file.Bytes, stop).ConfigureAwait(false));
            }

            Do(session, $"""
                COPY (SELECT * FROM read_parquet([{string.Join(", ", paths.Select(SqlText.Literal))}], hive_partitioning = false) ORDER BY service, endpoint, "timestamp")
                TO {SqlText.Literal(local)} (FORMAT parquet, COMPRESSION zstd)
                """);
            var bytes = new FileInfo(local).Length;
            await lake.Storage.AddAsync(LakeTable.PathOf(path), local, stop).ConfigureAwait(false);
            var tags = new Dictionary<string, string>();
            if (group.All(Rollup.IsOf))
            {
                var rollups = new List<string>();
                foreach (var file in group)
                {
                    rollups.Add(await lake.Storage.FetchAsync(Rollup.PathOf(file.Path), 0, stop).ConfigureAwait(false));
                }

                tags[Rollup.Tag] = Rollup.Merge(session, rollups, group.All(Rollup.HasMinutes), group.Sum(file => file.Events), local);
                await lake.Storage.AddAsync(Rollup.PathOf(path), local, stop).ConfigureAwait(false);
            }

            var windows = await MetricWindows.MergeAsync(session, [.. group.SelectMany(MetricWindows.Of)], lake.Storage, stop).ConfigureAwait(false);
            return new LakeFile(path, group[0].Day, bytes, lake.Log.Now)
            {
                Tags = MetricWindows.Tagged(tags, windows),
                Events = group.Sum(file => file.Events),
                First = group.Min(file => file.First),
                Last = group.Max(file => file.Last),
                Services = group.Any(file => file.Services is null)
                    ? null
                    : (group.Select(file => file.Services!.Value.Least).Min(StringComparer.Ordinal)!, group.Select(file => file.Services!.Value.Greatest).Max(StringComparer.Ordinal)!),
            };
        }
        finally
        {
            File.Delete(local);
        }
    }

    static string FolderOf(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    static void Do(QuerySession session, string sql)
    {
        using var done = session.Execute(sql);
        done.Drain();
    }
}
