using Microsoft.Data.Sqlite;
using Millrace.Events;

namespace Millrace.Schedules;

/// <summary>Which periods were covered, in a SQLite file, which may be that of the outbox.</summary>
public sealed class ScheduleHistory : IDisposable
{
    const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA busy_timeout = 10000;
        CREATE TABLE IF NOT EXISTS schedule_runs (
            id INTEGER PRIMARY KEY, schedule TEXT NOT NULL, since_micros INTEGER NOT NULL, end_micros INTEGER NOT NULL, started_micros INTEGER NOT NULL, state INTEGER NOT NULL, detail TEXT NOT NULL);
        """;

    readonly SqliteConnection _connection;
    readonly string _path;
    readonly TimeProvider _clock;

    /// <summary>Opens a history, which is made where there is none. Throws a <see cref="UserException"/> where it cannot be.</summary>
    public ScheduleHistory(string path, TimeProvider clock)
    {
        (_path, _clock) = (path, clock);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute(Schema);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new UserException($"The history of schedules in '{path}' cannot be opened: {e.Message} Name another file with 'outbox' in the section 'mail' of the settings.", UserException.Failed, e);
        }
    }

    /// <summary>Until where a schedule's periods are covered, that instant not included; null where none is.</summary>
    public DateTimeOffset? CoveredUntil(string schedule)
    {
        using var command = Command("SELECT MAX(end_micros) FROM schedule_runs WHERE schedule = $1 AND state IN (1, 2)", schedule);
        return command.ExecuteScalar() is long micros ? InstantText.FromMicros(micros) : null;
    }

    /// <summary>The runs of one schedule, or of all, the newest first.</summary>
    public IReadOnlyList<ScheduleRun> List(string? schedule = null)
    {
        using var command = Command("SELECT schedule, since_micros, end_micros, started_micros, state, detail FROM schedule_runs WHERE $1 = '' OR schedule = $1 ORDER BY id DESC", schedule ?? "");
        using var reader = command.ExecuteReader();
        var runs = new List<ScheduleRun>();
        while (reader.Read())
        {
            var period = new SchedulePeriod(InstantText.FromMicros(reader.GetInt64(1)), InstantText.FromMicros(reader.GetInt64(2)));
            runs.Add(new ScheduleRun(reader.GetString(0), period, InstantText.FromMicros(reader.GetInt64(3)), (ScheduleState)reader.GetInt32(4), reader.GetString(5)));
        }

        return runs;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Keeps other processes from running a schedule until it is disposed of, or the process ends. Throws a <see cref="UserException"/> where one is running it.</summary>
    internal IDisposable Lock(string schedule)
    {
        try
        {
            return new FileStream($"{_path}.{schedule}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new UserException($"The schedule '{schedule}' is being run by another process: {e.Message}", UserException.Failed, e);
        }
    }

    /// <summary>Notes that a run begins. Returns its number.</summary>
    internal long Begin(string schedule, SchedulePeriod period)
    {
        using var command = Command(
            "INSERT INTO schedule_runs (schedule, since_micros, end_micros, started_micros, state, detail) VALUES ($1, $2, $3, $4, 0, '') RETURNING id",
            schedule, Micros(period.Since), Micros(period.End), Micros(_clock.GetUtcNow()));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Notes how a run ended.</summary>
    internal void End(long id, ScheduleOutcome outcome) => Execute("UPDATE schedule_runs SET state = $2, detail = $3 WHERE id = $1", id, (int)outcome.State, outcome.Failure is null ? outcome.Detail : $"{outcome.Detail}. {outcome.Failure}");

    static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    void Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
