using Microsoft.Data.Sqlite;
using Millrace.Events;

namespace Millrace.App.Schedules;

/// <summary>Which periods were covered, in a SQLite file, which may be that of the outbox.</summary>
public sealed class ScheduleHistory : IDisposable
{
    const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA busy_timeout = 10000;
        CREATE TABLE IF NOT EXISTS schedule_runs (
            id INTEGER PRIMARY KEY, schedule TEXT NOT NULL, since_micros INTEGER NOT NULL, end_micros INTEGER NOT NULL, started_micros INTEGER NOT NULL, state INTEGER NOT NULL, detail TEXT NOT NULL);
        """;

    // A connection is used by one thread at a time.
    readonly System.Threading.Lock _gate = new();
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
            _connection.Run(Schema);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new UserException($"The history of schedules in '{path}' cannot be opened: {e.Message} Name another file with 'outbox' in the section 'mail' of the settings.", UserException.Failed, e);
        }
    }

    /// <summary>Where the next period begins: where the last one that was covered ended, else where the first that was tried began; null where none was.</summary>
    internal DateTimeOffset? NextSince(string schedule)
    {
        using var turn = _gate.EnterScope();
        using var command = _connection.Prepare("SELECT COALESCE(MAX(CASE WHEN state IN (1, 2) THEN end_micros END), MIN(since_micros)) FROM schedule_runs WHERE schedule = $1", schedule);
        return command.ExecuteScalar() is long micros ? InstantText.FromMicros(micros) : null;
    }

    /// <summary>The runs of one schedule, or of all, the newest first.</summary>
    public IReadOnlyList<ScheduleRun> List(string? schedule = null)
    {
        using var turn = _gate.EnterScope();
        using var command = _connection.Prepare("SELECT schedule, since_micros, end_micros, started_micros, state, detail FROM schedule_runs WHERE $1 = '' OR schedule = $1 ORDER BY id DESC", schedule ?? "");
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
        using var turn = _gate.EnterScope();
        using var command = _connection.Prepare(
            "INSERT INTO schedule_runs (schedule, since_micros, end_micros, started_micros, state, detail) VALUES ($1, $2, $3, $4, 0, '') RETURNING id",
            schedule, Micros(period.Since), Micros(period.End), Micros(_clock.GetUtcNow()));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Notes how a run ended.</summary>
    internal void End(long id, ScheduleOutcome outcome)
    {
        using var turn = _gate.EnterScope();
        _connection.Run("UPDATE schedule_runs SET state = $2, detail = $3 WHERE id = $1", id, (int)outcome.State, outcome.Failure is null ? outcome.Detail : $"{outcome.Detail}. {outcome.Failure}");
    }

    static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
