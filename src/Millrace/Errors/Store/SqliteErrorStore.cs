using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Millrace.Errors.Store;

/// <summary>
/// An error store in a file. What a source says goes in as one transaction, so that after a crash it is in whole or not at all. Several processes may use the file; one waits while another writes.
/// </summary>
public sealed class SqliteErrorStore : IErrorStore
{
    const int SchemaVersion = 2;
    const int WithoutFirstSeen = 1;
    const int ErrorNotADatabase = 26;

    const string Schema = """
        CREATE TABLE sources (key TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE kinds (id TEXT PRIMARY KEY, words TEXT NOT NULL, type TEXT, frames TEXT NOT NULL, "group" TEXT NOT NULL, added INTEGER NOT NULL, first INTEGER) WITHOUT ROWID;
        CREATE TABLE cells (
          hour INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, details TEXT NOT NULL,
          PRIMARY KEY (hour, kind, source)) WITHOUT ROWID;
        CREATE INDEX cells_by_source ON cells (source);
        CREATE TABLE days (day INTEGER NOT NULL, source TEXT NOT NULL, hours INTEGER NOT NULL, PRIMARY KEY (day, source)) WITHOUT ROWID;
        CREATE INDEX days_by_source ON days (source);
        """;

    const string AddFirstSeen = """
        ALTER TABLE kinds ADD COLUMN first INTEGER;
        UPDATE kinds SET first = (SELECT MIN(first) FROM cells WHERE kind = kinds.id);
        """;

    readonly string _path;
    readonly SqliteConnection _connection;

    SqliteErrorStore(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <inheritdoc/>
    public string Name => $"The error store '{_path}'";

    /// <summary>Opens a store. Throws a <see cref="UserException"/> where the file is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="creates">True to make it where it is missing; else that is a failure.</param>
    public static SqliteErrorStore Open(string path, bool creates)
    {
        if (!creates && !File.Exists(path))
        {
            throw new UserException($"There is no error store '{path}'. 'millrace errors extract SOURCE… --store {path}' makes one.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new UserException($"The error store '{path}' cannot be made: there is no folder '{folder}'. Make it first.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = creates ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        var store = new SqliteErrorStore(path, connection);
        try
        {
            store.Guard(store.Prepare);
            return store;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<bool> HoldsAsync(ErrorSource source, CancellationToken cancellationToken) => Task.FromResult(Guard(() => source.IsIn(VersionOf(source))));

    /// <inheritdoc/>
    public Task<bool> AddAsync(ErrorExtract extract, CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        using var transaction = _connection.BeginTransaction();
        var version = VersionOf(extract.Source);
        if (extract.Source.IsIn(version))
        {
            return false;
        }

        if (version is not null)
        {
            _connection.Run("DELETE FROM cells WHERE source = $1", extract.Source.Key);
            _connection.Run("DELETE FROM days WHERE source = $1", extract.Source.Key);
        }

        _connection.Run("INSERT INTO sources VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET version = $3", extract.Source.Key, extract.Source.Name, extract.Source.Version);
        foreach (var kind in extract.Kinds)
        {
            _connection.Run(
                "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET first = COALESCE(MIN(first, $7), first, $7)",
                kind.Id, string.Join(' ', kind.Words), kind.Type, string.Join('\n', kind.Frames), kind.Group, ErrorTime.Micros(kind.Added), extract.FirstOf(kind.Id));
        }

        foreach (var cell in extract.Cells)
        {
            _connection.Run("INSERT INTO cells VALUES ($1, $2, $3, $4, $5, $6, $7)", cell.Hour, cell.Kind, extract.Source.Key, cell.Count, cell.First, cell.Last, ErrorDetails.Write(cell));
        }

        foreach (var day in extract.Days)
        {
            _connection.Run("INSERT INTO days VALUES ($1, $2, $3)", day.Day, extract.Source.Key, day.Hours);
        }

        transaction.Commit();
        return true;
    }));

    /// <inheritdoc/>
    public Task<ErrorRetention> RetainAsync(long fromDay, bool isDry, CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        var fromHour = fromDay * ErrorTime.HoursPerDay;
        using var transaction = _connection.BeginTransaction();
        var old = CountBefore(fromHour);
        if (!isDry)
        {
            _connection.Run("DELETE FROM cells WHERE hour < $1", fromHour);
            _connection.Run("DELETE FROM days WHERE day < $1", fromDay);
            transaction.Commit();
        }

        return old;
    }));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ErrorKind>> ReadKindsAsync(CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        using var rows = Ask("SELECT words, type, frames, \"group\", added, first FROM kinds");
        var kinds = new List<ErrorKind>();
        while (rows.Read())
        {
            kinds.Add(new ErrorKind(Split(rows.GetString(0), ' '), rows.IsDBNull(1) ? null : rows.GetString(1), Split(rows.GetString(2), '\n'))
            {
                Group = rows.GetString(3),
                Added = ErrorTime.Time(rows.GetInt64(4)),
                FirstSeen = rows.IsDBNull(5) ? null : ErrorTime.Time(rows.GetInt64(5)),
            });
        }

        kinds.Sort(ErrorKindOrder.OldestFirst);
        return (IReadOnlyList<ErrorKind>)kinds;
    }));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ErrorCell> ReadCellsAsync(long fromHour, long toHour, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var rows = Guard(() => Ask("SELECT kind, hour, count, first, last, details FROM cells WHERE hour BETWEEN $1 AND $2", fromHour, toHour));
        while (Guard(rows.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Guard(() => ErrorDetails.Read(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetString(5)));
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<long?> FirstHourAsync(long fromHour, long toHour, CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        using var rows = Ask("SELECT day, hours FROM days WHERE day BETWEEN $1 AND $2 ORDER BY day", ErrorTime.DayOf(fromHour), ErrorTime.DayOf(toHour));
        long? first = null;
        while (rows.Read() && (first is null || rows.GetInt64(0) == ErrorTime.DayOf(first.Value)))
        {
            first = new ErrorDay(rows.GetInt64(0), rows.GetInt32(1)).FirstFrom(fromHour) is { } hour && hour <= toHour && (first is null || hour < first) ? hour : first;
        }

        return first;
    }));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    ErrorRetention CountBefore(long hour)
    {
        using var rows = Ask("SELECT COALESCE(SUM(count), 0), COUNT(*) FROM cells WHERE hour < $1", hour);
        rows.Read();
        return new ErrorRetention(rows.GetInt64(0), rows.GetInt64(1));
    }

    bool Prepare()
    {
        _connection.Open();
        _connection.Run("PRAGMA busy_timeout = 60000");
        _connection.Run("PRAGMA journal_mode = WAL");
        using var transaction = _connection.BeginTransaction();
        var version = Convert.ToInt64(Value("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version == 0 && Value("SELECT name FROM sqlite_master LIMIT 1") is null)
        {
            _connection.Run(Schema);
            _connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
            transaction.Commit();
        }
        else if (version == WithoutFirstSeen)
        {
            _connection.Run(AddFirstSeen);
            _connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
            transaction.Commit();
        }
        else if (version != SchemaVersion)
        {
            throw new UserException($"'{_path}' is a database of something else than errors, or of another version of Millrace. Name another file.");
        }

        return true;
    }

    string? VersionOf(ErrorSource source) => Value("SELECT version FROM sources WHERE key = $1", source.Key) as string;

    object? Value(string sql, params object?[] values)
    {
        using var command = _connection.Prepare(sql, values);
        return command.ExecuteScalar();
    }

    SqliteDataReader Ask(string sql, params object?[] values) => _connection.Prepare(sql, values).ExecuteReader();

    T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw new UserException(e.SqliteErrorCode == ErrorNotADatabase ? $"'{_path}' is no error store: it is not a SQLite database." : $"{Name} cannot be used: {e.Message}", cause: e);
        }
        catch (JsonException e)
        {
            throw new UserException($"{Name} is damaged: it has an error whose details cannot be read. Extract the errors into another one.", cause: e);
        }
    }

    static string[] Split(string text, char separator) => text.Length == 0 ? [] : text.Split(separator);
}
