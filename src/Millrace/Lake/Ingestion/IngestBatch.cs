using System.Globalization;
using Millrace.Events;
using Millrace.Lake.Metrics;
using Millrace.Lake.Rollups;
using Millrace.Queries;
using Millrace.Queries.DuckDb;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// The events of some files on their way into data files: staged in a table of DuckDB, then written a day and service at a time, sorted by service, endpoint and time.
/// </summary>
sealed class IngestBatch : IDisposable
{
    const string NoValue = HiveFolder.NoValue;

    readonly ILakeStorage _storage;
    readonly IngestOptions _options;
    readonly TextNumbers _numbers;
    readonly CancellationToken _stop;
    readonly List<string> _placed = [];
    readonly List<string> _placedWindows = [];
    bool _hasMetrics;
    HashSet<string> _empty = [];

    public IngestBatch(ILakeStorage storage, IngestOptions options, IReadOnlyList<LogFile> files, TextNumbers numbers, CancellationToken cancellationToken)
    {
        (_storage, _options, _numbers, _stop) = (storage, options, numbers, cancellationToken);
        numbers.Clear();
        Directory.CreateDirectory(storage.StagingFolder);
        Session = new QuerySession(options.Query with { Sources = new SourceResolver(static () => Stream.Null) { Given = files }, Since = null, Until = null, TextNumbers = numbers, CancellationToken = cancellationToken });
    }

    /// <summary>The session that scans.</summary>
    public QuerySession Session { get; }

    /// <summary>The events, once they are staged.</summary>
    public string EventsSql => Events("true");

    /// <summary>Writes the data files. They are in their places afterwards, and named by nothing.</summary>
    public async Task<IReadOnlyList<LakeFile>> WriteAsync()
    {
        Session.LimitMemory(_options.MemoryBytes);
        Stage();
        Do($"""
            CREATE TEMP TABLE parts AS
            SELECT *, CASE WHEN service IS NULL THEN '{NoValue}' WHEN rank <= {_options.MostServices.ToString(CultureInfo.InvariantCulture)} THEN service ELSE '{HiveFolder.Several}' END AS folder
            FROM (
              SELECT *, row_number() OVER (PARTITION BY {LakeSchema.Day} ORDER BY events DESC, service) AS rank
              FROM (
                SELECT * REPLACE ({TextOf(EventColumn.Service)} AS service), service AS staged_service
                FROM (SELECT CAST("timestamp" AS DATE) AS {LakeSchema.Day}, service, COUNT(*) AS events, MIN("timestamp") AS first, MAX("timestamp") AS last FROM staged GROUP BY ALL)
              )
            )
            """);
        _empty = EmptyColumns();
        var written = new List<LakeFile>();
        try
        {
            foreach (var part in Parts())
            {
                written.Add(await WriteAsync(part).ConfigureAwait(false));
            }
        }
        catch
        {
            // A disk that is full must not stay so by what nothing names.
            foreach (var path in _placed)
            {
                await LakeTable.DeleteAsync(_storage, path, CancellationToken.None).ConfigureAwait(false);
            }

            foreach (var path in _placedWindows)
            {
                await _storage.DeleteAsync(path, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    /// <summary>Reads the sources into a table in which numbers stand for the texts that logs repeat. Where those are too many, a column fewer is of numbers, from now on.</summary>
    void Stage()
    {
        while (true)
        {
            Do($"CREATE OR REPLACE TEMP TABLE staged AS SELECT {Columns()} FROM logs('given')");
            if (!_numbers.IsFull)
            {
                _numbers.Rank();
                return;
            }

            Do("DROP TABLE staged");
            _numbers.GiveUpColumn();
        }
    }

    /// <summary>The staged events of a condition, with their texts.</summary>
    string Events(string where) => $"SELECT {string.Join(", ", Enum.GetValues<EventColumn>().Select(column => $"{TextOf(column)} AS {SqlText.Name(column.Name())}"))} FROM staged WHERE {where}";

    string TextOf(EventColumn column) => _numbers.Holds(column) ? $"{TextNumberFunctions.TextOf}({SqlText.Name(column.Name())})" : SqlText.Name(column.Name());

    string RankOf(EventColumn column) => _numbers.Holds(column) ? $"{TextNumberFunctions.RankOf}({SqlText.Name(column.Name())})" : SqlText.Name(column.Name());

    /// <summary>The columns of the files; a format's own fields, which the lake has no columns for, go to the attributes.</summary>
    string Columns()
    {
        using var probe = Session.Execute("SELECT * FROM logs('given') LIMIT 0");
        string[] own = [.. probe.Columns.Select(column => column.Name).Skip(EventColumns.Count).Select(SqlText.Name)];
        _hasMetrics = own.Contains(SqlText.Name(MetricWindows.Name));
        var columns = LakeSchema.ColumnList(_options.KeepsRaw);
        if (own.Length == 0)
        {
            return columns;
        }

        var pairs = string.Join(", ", own.Select(name => $"{SqlText.Literal(name[1..^1])}, {name}"));
        var isEmpty = string.Join(" AND ", own.Select(name => $"{name} IS NULL"));
        var merged = $"CASE WHEN {isEmpty} THEN attributes ELSE json_merge_patch(COALESCE(attributes, '{{}}'), json_object({pairs})) END AS attributes";
        return columns.Replace("\"attributes\"", merged, StringComparison.Ordinal);
    }

    List<Part> Parts()
    {
        using var rows = Session.Execute($"""
            SELECT CAST({LakeSchema.Day} AS VARCHAR), folder, SUM(events), epoch_us(MIN(first)), epoch_us(MAX(last)), MIN(service), MAX(service), MIN(CAST(staged_service AS VARCHAR))
            FROM parts GROUP BY {LakeSchema.Day}, folder ORDER BY {LakeSchema.Day}, folder
            """);
        var parts = new List<Part>();
        while (rows.Read())
        {
            string? Text(int column) => rows.Columns[column].Text(rows.Row);
            parts.Add(new Part(
                Text(0) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                Text(1)!,
                long.Parse(Text(2)!, CultureInfo.InvariantCulture),
                Time(Text(3)),
                Time(Text(4)),
                Text(5) is { } least ? (least, Text(6)!) : null,
                Text(7)));
        }

        return parts;
    }

    async Task<LakeFile> WriteAsync(Part part)
    {
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var day = part.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = $"{LakeSchema.Day}={day ?? NoValue}/service={HiveFolder.NameOf(part.Folder)}/part-{id}.parquet";
        var local = Path.Join(_storage.StagingFolder, $"{id}.parquet");
        try
        {
            var services = part.Services switch
            {
                null => "service IS NULL",
                var (least, greatest) when least == greatest => $"service = {(_numbers.Holds(EventColumn.Service) ? part.StagedService : SqlText.Literal(least))}",
                _ => $"service IN (SELECT staged_service FROM parts WHERE {LakeSchema.Day} IS NOT DISTINCT FROM {DayLiteral(day)} AND folder = {SqlText.Literal(part.Folder)})",
            };
            var days = day is null ? "\"timestamp\" IS NULL" : $"\"timestamp\" >= DATE '{day}' AND \"timestamp\" < DATE '{day}' + INTERVAL 1 DAY";
            Do($"""
                COPY ({Sorted($"{days} AND {services}", part)})
                TO {SqlText.Literal(local)} (FORMAT parquet, COMPRESSION zstd)
                """);
            var bytes = new FileInfo(local).Length;
            _placed.Add(path);
            await _storage.AddAsync(LakeTable.PathOf(path), local, _stop).ConfigureAwait(false);
            var tags = new Dictionary<string, string>();
            if (part.Day is not null)
            {
                tags[Rollup.Tag] = Rollup.Write(Session, $"SELECT * REPLACE ({TextOf(EventColumn.Level)} AS level) FROM staged WHERE {days} AND {services}", part.Events, local, TextOf);
                await _storage.AddAsync(Rollup.PathOf(path), local, _stop).ConfigureAwait(false);
                if (_hasMetrics)
                {
                    tags = MetricWindows.Tagged(tags, await MetricWindows.WriteAsync(Session, Events($"{days} AND {services}"), _storage, _placedWindows, _stop).ConfigureAwait(false));
                }
            }

            return new LakeFile(path, part.Day, bytes, new DateTimeOffset(_options.Query.AsOf.UtcDateTime).ToUnixTimeMilliseconds())
            {
                Events = part.Events,
                First = part.First,
                Last = part.Last,
                Services = part.Services,
                Tags = tags,
            };
        }
        finally
        {
            File.Delete(local);
        }
    }

    /// <summary>
    /// The rows of a part in the order of its file. Rows are the lighter to sort the fewer columns they have: those without any value, and the one service of a part that has but one, are put in afterwards.
    /// </summary>
    string Sorted(string where, Part part)
    {
        var service = part.Services is { } services && services.Least == services.Greatest ? services.Least : null;
        bool IsSorted(string column) => !_empty.Contains(column) && (column != EventColumn.Service.Name() || service is null);
        string Shown(EventColumn column) => IsSorted(column.Name()) ? $"{TextOf(column)} AS {SqlText.Name(column.Name())}"
            : $"CAST({(column == EventColumn.Service && service is not null ? SqlText.Literal(service) : "NULL")} AS {LakeSchema.SqlType(column.Type())}) AS {SqlText.Name(column.Name())}";
        var columns = Enum.GetValues<EventColumn>();
        var sorted = columns.Select(column => column.Name()).Where(IsSorted).Select(SqlText.Name);
        string[] keys = [.. new[] { EventColumn.Service, EventColumn.Endpoint, EventColumn.Timestamp }.Where(column => IsSorted(column.Name())).Select(RankOf)];
        return $"SELECT {string.Join(", ", columns.Select(Shown))} FROM (SELECT {string.Join(", ", sorted)} FROM staged WHERE {where}{(keys.Length > 0 ? $" ORDER BY {string.Join(", ", keys)}" : "")})";
    }

    HashSet<string> EmptyColumns()
    {
        using var counts = Session.Execute("SELECT COUNT(COLUMNS(*)) FROM staged");
        return counts.Read() ? [.. counts.Columns.Where(column => column.Text(counts.Row) == "0").Select(column => column.Name)] : [];
    }

    static string DayLiteral(string? day) => day is null ? "NULL" : $"DATE '{day}'";

    static DateTimeOffset? Time(string? micros) => micros is null ? null : DateTimeOffset.UnixEpoch.AddTicks(long.Parse(micros, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);

    void Do(string sql)
    {
        using var done = Session.Execute(sql);
        done.Drain();
    }

    sealed record Part(DateOnly? Day, string Folder, long Events, DateTimeOffset? First, DateTimeOffset? Last, (string Least, string Greatest)? Services, string? StagedService);
}
