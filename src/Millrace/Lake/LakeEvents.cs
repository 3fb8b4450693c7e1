using System.Globalization;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Lake;

/// <summary>The committed events of a lake as SQL: what <c>events</c> stands for where a lake takes the place of raw logs.</summary>
/// <param name="lake">The lake.</param>
/// <param name="snapshot">The version that is read.</param>
public sealed class LakeEvents(LakeTable lake, LakeSnapshot snapshot)
{
    const int CopiesAtOnce = 16;

    /// <summary>The events of a range, both ends included. Files that cannot hold any are not looked at.</summary>
    public async Task<EventTable> InAsync(DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken) => new(
        await SqlAsync(since, until, cancellationToken).ConfigureAwait(false),
        await SqlAsync(null, null, cancellationToken).ConfigureAwait(false));

    async Task<string> SqlAsync(DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var files = snapshot.Files.Values.Where(file => file.MayHold(since, until)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            return LakeSchema.NoEvents();
        }

        var paths = await FetchAsync(files, cancellationToken).ConfigureAwait(false);
        var list = string.Join(", ", paths.Select(SqlText.Literal));
        string?[] bounds = [since is { } from ? $"\"timestamp\" >= {Literal(from)}" : null, until is { } to ? $"\"timestamp\" <= {Literal(to)}" : null];
        var where = string.Join(" AND ", bounds.OfType<string>());
        return $"SELECT *, CAST(\"timestamp\" AS DATE) AS {LakeSchema.Day} FROM read_parquet([{list}], hive_partitioning = false){(where.Length > 0 ? $" WHERE {where}" : "")}";
    }

    async Task<string[]> FetchAsync(List<LakeFile> files, CancellationToken cancellationToken)
    {
        var paths = new string[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce, CancellationToken = cancellationToken },
            async (index, stop) => paths[index] = await lake.Storage.FetchAsync(LakeTable.PathOf(files[index].Path), files[index].Bytes, stop).ConfigureAwait(false)).ConfigureAwait(false);
        return paths;
    }

    static string Literal(DateTimeOffset time) => $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
