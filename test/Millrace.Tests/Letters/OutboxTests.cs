using System.Net.Mail;
using System.Text;
using Microsoft.Data.Sqlite;
using Millrace.Letters;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Letters;

public sealed class OutboxTests : IDisposable
{
    /// <summary>The tables as they were when letters were written by the engine itself. Files with them must stay of use.</summary>
    const string OldSchema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE letters (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, reason TEXT NOT NULL, subject TEXT NOT NULL, written_micros INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE deliveries (letter INTEGER NOT NULL REFERENCES letters (id), recipient TEXT NOT NULL, state INTEGER NOT NULL, detail TEXT NOT NULL, changed_micros INTEGER NOT NULL, PRIMARY KEY (letter, recipient));
        """;

    const string OldLetter = """
        Message-Id: <7a@example.com>
        Date: Sun, 22 Nov 2026 12:00:00 +0000
        Subject: From: nobody@example.com
        From: =?utf-8?b?w4RubmUgPGFuZD4=?= of the people who look after the machines
         <ops@example.com>
        To: a@example.com, b@example.com

        From: somebody@example.com
        """;

    readonly TemporaryFolder _folder = new();
    readonly ImpatientClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_letter_is_kept_from_before_it_is_sent_and_can_be_read_again()
    {
        var letter = new Letter(new MailAddress("r@example.com"), [new MailAddress("a@example.com")], "a subject", "7a@example.com", [1, 2, 3]);
        using (var outbox = Open())
        {
            outbox.Add(letter, "report status");
        }

        using var again = Open();
        var entry = Assert.Single(again.List());
        Assert.Equal((DeliveryState.Pending, "report status", _clock.GetUtcNow()), (Assert.Single(entry.Deliveries).State, entry.Reason, entry.Written));
        Assert.Equal((letter.MessageId, letter.Subject), (entry.MessageId, entry.Subject));
        Assert.Equal(letter.Bytes, again.Find(1));
        Assert.Null(again.Find(2));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_letter_of_an_old_outbox_is_sent_again_as_it_was_by_whom_it_was(string lineEnd)
    {
        var bytes = Encoding.ASCII.GetBytes(OldLetter.ReplaceLineEndings(lineEnd));
        WriteOldOutbox(bytes);
        var settings = new MailSettings(new MailAddress("changed@example.com"), null, OutboxPath, null);
        var sender = new ScriptedSender();

        var receipt = await new MailRoom(settings, sender, new PlainComposer(), _clock).ResendAsync(1, alsoRefused: false, CancellationToken.None);

        Assert.Equal(["b@example.com"], receipt!.Sent);
        var (letter, recipient) = Assert.Single(sender.Taken);
        Assert.Equal(("ops@example.com", "b@example.com", "7a@example.com"), (letter.From.Address, recipient, letter.MessageId));
        Assert.Equal(bytes, letter.Bytes);
        using var outbox = Open();
        Assert.All(Assert.Single(outbox.List()).Deliveries, one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Theory]
    [InlineData("From: ops@example.com\n\ntext", "ops@example.com")]
    [InlineData("from:\n\tops@example.com\n\ntext", "ops@example.com")]
    [InlineData("From: \"a <b>, c\" <ops@example.com>\n\n", "ops@example.com")]
    [InlineData("Subject: s\n\nFrom: ops@example.com\n", null)]
    [InlineData("From: nobody\n\n", null)]
    [InlineData("", null)]
    public void The_sender_is_the_address_in_the_head(string letter, string? sender) => Assert.Equal(sender, LetterSender.Find(Encoding.UTF8.GetBytes(letter))?.Address);

    void WriteOldOutbox(byte[] letter)
    {
        using var connection = new SqliteConnection($"Data Source={OutboxPath};Pooling=False");
        connection.Open();
        connection.Run(OldSchema);
        connection.Run("INSERT INTO letters VALUES (1, '7a@example.com', 'report errors', 'a subject', 1, $1)", letter);
        connection.Run("INSERT INTO deliveries VALUES (1, 'a@example.com', 1, '', 1), (1, 'b@example.com', 0, '', 1)");
    }

    Outbox Open() => new(OutboxPath, _clock);

    string OutboxPath => Path.Join(_folder.Path, "outbox.db");
}
