using System.Globalization;
using Millrace.Queries;

namespace Millrace.Lake.Upkeep;

/// <summary>Holds the files of a lake against its log.</summary>
/// <param name="lake">The lake.</param>
public sealed class LakeCheck(LakeTable lake)
{
    /// <summary>What is wrong, a sentence each; none where every committed file is there, readable, and has as many events and bytes as the log says.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(LakeSnapshot snapshot, QueryOptions options)
    {
        var problems = new List<string>();
        var sizes = await SizesAsync(options.CancellationToken).ConfigureAwait(false);
        using var session = new QuerySession(options);
        foreach (var file in snapshot.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var path = LakeTable.PathOf(file.Path);
            var problem = Problem(file, sizes.TryGetValue(path, out var bytes) ? bytes : null)
                ?? Problem(session, file, await lake.Storage.FetchAsync(path, file.Bytes, options.CancellationToken).ConfigureAwait(false));
            if (problem is not null)
            {
                problems.Add($"{lake.Storage.Name}/{path}: {problem}");
            }
        }

        return problems;
    }

    /// <summary>What there is, as the lake's own store lists it: a copy on this machine would hide what has become of a file in a bucket.</summary>
    async Task<Dictionary<string, long>> SizesAsync(CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var stored in lake.Storage.ListAsync(LakeTable.Folder + "/", cancellationToken).ConfigureAwait(false))
        {
            sizes[stored.Key] = stored.Size;
        }

        return sizes;
    }

    static string? Problem(LakeFile file, long? bytes) => bytes is not { } found
        ? "the file is committed and is not there. Restore it, or ingest its sources into a new lake."
        : found != file.Bytes
        ? string.Create(CultureInfo.InvariantCulture, $"the file has {found:N0} bytes where {file.Bytes:N0} were committed. Something has changed it; restore it.")
        : null;

    static string? Problem(QuerySession session, LakeFile file, string local)
    {
        try
        {
            // A sum over hashes reads and decodes every page of every column.
            using var rows = session.Execute($"""SELECT COUNT(*), epoch_us(MIN("timestamp")), epoch_us(MAX("timestamp")), SUM(CAST(hash(columns) AS HUGEINT)) FROM read_parquet({SqlText.Literal(local)}, hive_partitioning = false) AS columns""");
            rows.Read();
            return rows.Columns[0].Text(rows.Row) != file.Events.ToString(CultureInfo.InvariantCulture)
                ? string.Create(CultureInfo.InvariantCulture, $"the file has {rows.Columns[0].Text(rows.Row)} events where {file.Events} were committed.")
                : Micros(rows.Columns[1].Text(rows.Row)) != file.First || Micros(rows.Columns[2].Text(rows.Row)) != file.Last
                ? "the file's times are not those that were committed."
                : null;
        }
        catch (UserException e)
        {
            return $"the file cannot be read: {e.Message}";
        }
    }

    static DateTimeOffset? Micros(string? text) => text is null ? null : DateTimeOffset.UnixEpoch.AddTicks(long.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
}
