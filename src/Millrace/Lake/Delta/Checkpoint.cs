using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Queries;

namespace Millrace.Lake.Delta;

/// <summary>
/// Checkpoints of a log: what all commits up to a version add up to, as one Parquet file of actions, so that a reader need not read every commit. One that is lost or half
/// written is no harm: the commits are still there.
/// </summary>
/// <param name="storage">The lake.</param>
/// <param name="folder">The log's folder.</param>
sealed class Checkpoint(ILakeStorage storage, string folder)
{
    const string Map = "MAP(VARCHAR, VARCHAR)";

    const string Columns = $$"""
        {
          protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)',
          metaData: 'STRUCT(id VARCHAR, format STRUCT(provider VARCHAR, options {{Map}}), schemaString VARCHAR, partitionColumns VARCHAR[], configuration {{Map}}, createdTime BIGINT)',
          "add": 'STRUCT(path VARCHAR, partitionValues {{Map}}, size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags {{Map}})',
          remove: 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN, partitionValues {{Map}}, size BIGINT)',
          txn: 'STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)'
        }
        """;

    readonly string _last = $"{folder}/_last_checkpoint";

    /// <summary>Reads the newest checkpoint that is not newer than a version into the state. Returns the first version that it does not hold: 0 where there is none.</summary>
    /// <param name="state">The state.</param>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="filesOnly">True to leave out what is in of sources, and files that went out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<long> ReadAsync(TableState state, long? version, bool filesOnly, CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(_last, cancellationToken).ConfigureAwait(false) is not { } last || Version(last) is not { } newest || newest > version)
        {
            return 0;
        }

        var local = await storage.FetchAsync(PathOf(newest), 0, cancellationToken).ConfigureAwait(false);
        if (!File.Exists(local))
        {
            return 0;
        }

        if (TryReadActions(local, filesOnly, cancellationToken) is not { } actions)
        {
            return await storage.ReadAsync($"{folder}/{0:D20}.json", cancellationToken).ConfigureAwait(false) is not null
                ? 0
                : throw new UserException($"'{storage.Name}/{PathOf(newest)}' cannot be read, and the commits before it are no longer there. The log is damaged; restore the file from a copy.");
        }

        actions.ForEach(state.Apply);
        return newest + 1;
    }

    /// <summary>The actions of a checkpoint; null where it is damaged.</summary>
    static List<DeltaAction?>? TryReadActions(string local, bool filesOnly, CancellationToken cancellationToken)
    {
        var actions = new List<DeltaAction?>();
        try
        {
            using var session = Session(cancellationToken);
            var file = $"read_parquet({SqlText.Literal(local)})";
            Read(session, $"""
                SELECT CASE WHEN protocol IS NOT NULL THEN json_object('protocol', protocol) ELSE json_object('metaData', metaData) END
                FROM {file} WHERE protocol IS NOT NULL OR metaData IS NOT NULL
                """, row => actions.Add(DeltaAction.Read(Encoding.UTF8.GetBytes(row(0)!))));

            // Of these there are as many as files and sources, and files of one day and kind say mostly the same.
            var parts = new JsonTexts<(DateOnly? Day, IReadOnlyDictionary<string, string?>? Parts)>(DeltaAction.ReadPartition);
            var tags = new JsonTexts<IReadOnlyDictionary<string, string>>(DeltaAction.ReadTags);
            Read(session, $"""
                SELECT "add".path, "add".size, "add".modificationTime, to_json("add".partitionValues), to_json("add".tags), "add".stats
                FROM {file} WHERE "add" IS NOT NULL
                """, row =>
            {
                var (day, others) = parts.Of(row(3));
                var one = new LakeFile(DeltaPath.Decode(row(0)!), day, Number(row(1)), Number(row(2))) { Parts = others, Tags = tags.Of(row(4)) };
                actions.Add(new DeltaAction.Add(row(5) is { Length: > 0 } stats ? FileStatistics.Read(one, Encoding.UTF8.GetBytes(stats)) : one, ChangesData: false));
            });
            if (filesOnly)
            {
                return actions;
            }

            Read(session, $"SELECT txn.appId, txn.version, txn.lastUpdated FROM {file} WHERE txn IS NOT NULL", row => actions.Add(new DeltaAction.Mark(row(0)!, Number(row(1)), Number(row(2)))));
            Read(session, $"SELECT remove.path, remove.deletionTimestamp FROM {file} WHERE remove IS NOT NULL", row => actions.Add(new DeltaAction.Remove(new LakeFile(DeltaPath.Decode(row(0)!), null, 0, 0), Number(row(1)), ChangesData: false)));
        }
        catch (Exception e) when (e is UserException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            // DuckDB cannot read it, or it holds what is no action: the commits say the same.
            return null;
        }

        return actions;
    }

    static void Read(QuerySession session, string sql, Action<Func<int, string?>> take)
    {
        using var rows = session.Execute(sql);
        string? Text(int column) => rows.Columns[column].Text(rows.Row);
        while (rows.Read())
        {
            take(Text);
        }
    }

    static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Writes a snapshot as a checkpoint.</summary>
    public async Task WriteAsync(LakeSnapshot snapshot, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(storage.StagingFolder);
        var lines = Path.Join(storage.StagingFolder, $"checkpoint-{Guid.NewGuid():N}.json");
        var parquet = lines + ".parquet";
        try
        {
            await File.WriteAllBytesAsync(lines, DeltaAction.WriteLines(Actions(snapshot)), cancellationToken).ConfigureAwait(false);
            using (var session = Session(cancellationToken))
            {
                using var copied = session.Execute($"COPY (SELECT * FROM read_json({SqlText.Literal(lines)}, format = 'newline_delimited', columns = {Columns})) TO {SqlText.Literal(parquet)} (FORMAT parquet, COMPRESSION zstd)");
                copied.Drain();
            }

            await storage.ReplaceAsync(PathOf(snapshot.Version), await File.ReadAllBytesAsync(parquet, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            var size = snapshot.Files.Count + snapshot.Marks.Transactions.Count + snapshot.Removed.Count + 2;
            await storage.ReplaceAsync(_last, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":{snapshot.Version},\"size\":{size}}}")), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(lines);
            File.Delete(parquet);
        }
    }

    static IEnumerable<DeltaAction> Actions(LakeSnapshot snapshot) =>
    [
        new DeltaAction.Protocol(DeltaAction.ReaderVersion, DeltaAction.WriterVersion),
        new DeltaAction.Metadata(snapshot.Metadata),
        .. snapshot.Marks.Transactions.OrderBy(mark => mark.Key, StringComparer.Ordinal).Select(mark => new DeltaAction.Mark(mark.Key, mark.Value, snapshot.Committed.ToUnixTimeMilliseconds())),
        .. snapshot.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new DeltaAction.Add(file, ChangesData: false)),
        .. snapshot.Removed.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new DeltaAction.Remove(new LakeFile(one.Key, null, 0, 0) { Parts = snapshot.Metadata.PartitionColumns.ToDictionary(column => column, _ => (string?)null) }, one.Value, ChangesData: false)),
    ];

    static QuerySession Session(CancellationToken cancellationToken) =>
        new(new QueryOptions { Sources = new Sources.SourceResolver(static () => Stream.Null), AsOf = DateTimeOffset.UnixEpoch, CancellationToken = cancellationToken });

    static long? Version(byte[] last)
    {
        try
        {
            using var document = JsonDocument.Parse(last);
            return document.RootElement.GetProperty("version").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A hint that cannot be read hints at nothing: the commits say the same.
            return null;
        }
    }

    string PathOf(long version) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{version:D20}.checkpoint.parquet");

    /// <summary>What texts of JSON say, each read once.</summary>
    sealed class JsonTexts<T>(Func<JsonElement, T> read)
    {
        readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);

        public T Of(string? text)
        {
            if (_known.TryGetValue(text ?? "null", out var known))
            {
                return known;
            }

            using var document = JsonDocument.Parse(text ?? "null");
            return _known[text ?? "null"] = read(document.RootElement);
        }
    }
}
