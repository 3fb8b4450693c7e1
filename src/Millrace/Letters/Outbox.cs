using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Millrace.Letters;

/// <summary>
/// What was sent, to whom, when, why, and what failed, in one SQLite file. A letter is recorded before it is sent and its fate after: a crash in between leaves it
/// pending, never lost, and sending it again may deliver it twice, with the same Message-ID.
/// </summary>
public sealed class Outbox : IDisposable
{
    const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA busy_timeout = 10000;
        CREATE TABLE IF NOT EXISTS letters (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, reason TEXT NOT NULL, subject TEXT NOT NULL, written_micros INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS deliveries (letter INTEGER NOT NULL REFERENCES letters (id), recipient TEXT NOT NULL, state INTEGER NOT NULL, detail TEXT NOT NULL, changed_micros INTEGER NOT NULL, PRIMARY KEY (letter, recipient));
        """;

    readonly SqliteConnection _connection;
    readonly string _path;
    readonly TimeProvider _clock;

    /// <summary>Opens an outbox, which is made where there is none. Throws a <see cref="UserException"/> where it cannot be.</summary>
    public Outbox(string path, TimeProvider clock)
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
            throw new UserException($"The outbox '{path}' cannot be opened: {e.Message} Name another file with 'outbox' in the section 'mail' of the settings.", UserException.Failed, e);
        }
    }

    /// <summary>Records a letter that is about to be sent. Returns its number.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="reason">Why it is sent, such as the name of its report.</param>
    public long Add(Letter letter, string reason)
    {
        using var transaction = _connection.BeginTransaction();
        var id = (long)_connection.Prepare(
            "INSERT INTO letters (message_id, reason, subject, written_micros, bytes) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            letter.MessageId, reason, letter.Subject, Now(), letter.Bytes).ExecuteScalar()!;
        foreach (var recipient in letter.To)
        {
            _connection.Run("INSERT INTO deliveries VALUES ($1, $2, $3, '', $4)", id, recipient.Address, (int)DeliveryState.Pending, Now());
        }

        transaction.Commit();
        return id;
    }

    /// <summary>Records what became of a letter.</summary>
    public void Record(long id, IReadOnlyList<Delivery> deliveries)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var one in deliveries)
        {
            _connection.Run("UPDATE deliveries SET state = $3, detail = $4, changed_micros = $5 WHERE letter = $1 AND recipient = $2", id, one.Recipient, (int)one.State, one.Detail, Now());
        }

        transaction.Commit();
    }

    /// <summary>The letters, the newest first.</summary>
    /// <param name="id">The number of the one that is asked for; null for all.</param>
    public IReadOnlyList<OutboxEntry> List(long? id = null) => Ask("$1 IS NULL OR id = $1", id);

    /// <summary>The letters of a reason that reached some and failed for others, the oldest first.</summary>
    /// <param name="reason">Why they were sent.</param>
    /// <param name="since">The earliest time that they were written.</param>
    /// <param name="triedUntil">The latest time that they were tried for one of the others.</param>
    public IReadOnlyList<OutboxEntry> ListHalfSent(string reason, DateTimeOffset since, DateTimeOffset triedUntil) =>
    [
        .. Ask(
            """
            reason = $1 AND written_micros >= $2
            AND EXISTS (SELECT 1 FROM deliveries WHERE letter = letters.id AND state = $4)
            AND EXISTS (SELECT 1 FROM deliveries WHERE letter = letters.id AND state = $5 AND changed_micros <= $3)
            """,
            reason, Micros(since), Micros(triedUntil), (int)DeliveryState.Sent, (int)DeliveryState.Failed).Reverse<OutboxEntry>(),
    ];

    /// <summary>Keeps other processes from sending a letter until it is disposed of, or the process ends. Throws a <see cref="UserException"/> where one is sending it.</summary>
    internal IDisposable Hold(long id)
    {
        try
        {
            return new FileStream(string.Create(CultureInfo.InvariantCulture, $"{_path}.{id}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new UserException(string.Create(CultureInfo.InvariantCulture, $"Mail {id} is being sent by another process: {e.Message}"), UserException.Failed, e);
        }
    }

    List<OutboxEntry> Ask(string condition, params object?[] values)
    {
        using var command = _connection.Prepare($"SELECT id, message_id, reason, subject, written_micros FROM letters WHERE {condition} ORDER BY id DESC", values);
        using var reader = command.ExecuteReader();
        var entries = new List<OutboxEntry>();
        while (reader.Read())
        {
            var id = reader.GetInt64(0);
            entries.Add(new OutboxEntry(id, reader.GetString(1), reader.GetString(2), reader.GetString(3), DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(4)), DeliveriesOf(id)));
        }

        return entries;
    }

    /// <summary>The bytes of a letter, as it was sent; null where there is none of that number.</summary>
    public byte[]? Find(long id) => (byte[]?)_connection.Prepare("SELECT bytes FROM letters WHERE id = $1", id).ExecuteScalar();

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    List<Delivery> DeliveriesOf(long id)
    {
        using var command = _connection.Prepare("SELECT recipient, state, detail FROM deliveries WHERE letter = $1 ORDER BY rowid", id);
        using var reader = command.ExecuteReader();
        var deliveries = new List<Delivery>();
        while (reader.Read())
        {
            deliveries.Add(new Delivery(reader.GetString(0), (DeliveryState)reader.GetInt32(1), reader.GetString(2)));
        }

        return deliveries;
    }

    long Now() => Micros(_clock.GetUtcNow());

    static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
