using System.Net.Mail;
using Millrace.Letters;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Letters;

public sealed class MailRoomTests : IDisposable
{
    static readonly MailContent Content = new("status: 5 rows", "five rows", "<p>five rows</p>", []);

    readonly TemporaryFolder _folder = new();
    readonly ImpatientClock _clock = new();
    readonly ScriptedSender _sender = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_is_put_off_is_tried_again_and_the_others_get_it_once()
    {
        await SendAsync("later@example.com", "b@example.com");

        Assert.Equal(["b@example.com", "later@example.com"], _sender.Taken.Select(one => one.Recipient));
        Assert.Equal(1, _clock.Pauses);
        Assert.All(Assert.Single(Entries()).Deliveries, one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Fact]
    public async Task What_does_not_pass_is_told_and_kept_for_each()
    {
        var error = await Assert.ThrowsAsync<UserException>(() => SendAsync("refused@example.com", "away@example.com", "b@example.com"));

        Assert.Equal(
            "The mail to refused@example.com was refused: 550 No such mailbox. The mail to away@example.com was not sent. 450 Come back later. "
            + "It was sent to b@example.com. It is kept: 'millrace mail send 1' sends it again.", error.Message);
        Assert.Equal(3, _clock.Pauses);
        Assert.Equal([DeliveryState.Refused, DeliveryState.Failed, DeliveryState.Sent], Assert.Single(Entries()).Deliveries.Select(one => one.State));
    }

    [Fact]
    public async Task A_mail_is_sent_again_as_it_was_to_those_who_have_not_got_it()
    {
        await Assert.ThrowsAsync<UserException>(() => SendAsync("away@example.com", "refused@example.com"));
        var sender = new ScriptedSender { EverybodyIsIn = true };

        var receipt = await Room(sender).ResendAsync(1, alsoRefused: false, CancellationToken.None);
        var again = await Room(sender).ResendAsync(1, alsoRefused: false, CancellationToken.None);
        var refused = await Room(sender).ResendAsync(1, alsoRefused: true, CancellationToken.None);

        Assert.Equal(["away@example.com"], receipt!.Sent);
        Assert.Null(again);
        Assert.StartsWith("The mail to refused@example.com was refused: 550 No such mailbox. It is kept: ", refused!.Failure, StringComparison.Ordinal);
        var (letter, _) = Assert.Single(sender.Taken);
        using var outbox = Outbox();
        Assert.Equal(outbox.Find(1), letter.Bytes);
        Assert.Equal(("reports@example.com", "status: 5 rows", "status: 5 rows@example.com"), (letter.From.Address, letter.Subject, letter.MessageId));
        Assert.StartsWith("There is no mail 2.", (await Assert.ThrowsAsync<UserException>(() => Room(sender).ResendAsync(2, alsoRefused: false, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    /// <summary>Who was told nothing at all is told by what comes next, and an old mail is let be.</summary>
    [Fact]
    public async Task A_mail_that_reached_some_is_sent_to_the_others_by_itself()
    {
        await Assert.ThrowsAsync<UserException>(() => SendAsync("b@example.com", "away@example.com", "refused@example.com"));
        await Assert.ThrowsAsync<UserException>(() => SendAsync("away@example.com"));
        var sender = new ScriptedSender { EverybodyIsIn = true };

        var atOnce = await ResendAsync(sender, TimeSpan.FromMinutes(14));
        var tooLate = await ResendAsync(sender, TimeSpan.FromDays(6));
        var ofOther = await ResendAsync(sender, TimeSpan.FromMinutes(15), "report errors");
        var inTime = await ResendAsync(sender, TimeSpan.FromMinutes(15));
        var again = await ResendAsync(sender, TimeSpan.FromMinutes(30));

        Assert.Equal(["away@example.com"], Assert.Single(inTime).Receipt.Sent);
        Assert.All([atOnce, tooLate, ofOther, again], Assert.Empty);
        Assert.Equal(["away@example.com"], sender.Taken.Select(one => one.Recipient));
    }

    [Fact]
    public async Task Two_do_not_send_a_mail_at_once()
    {
        using var outbox = Outbox();
        outbox.Add(new PlainComposer().Write(Content, From, [From], DateTimeOffset.UnixEpoch, null), "report status");

        using (outbox.Hold(1))
        {
            var error = await Assert.ThrowsAsync<UserException>(() => Room(_sender).ResendAsync(1, alsoRefused: false, CancellationToken.None));
            Assert.StartsWith("Mail 1 is being sent by another process", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["outbox.db"], Directory.EnumerateFiles(_folder.Path).Select(path => Path.GetFileName(path)!).Where(name => !name.Contains('-', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_mail_that_is_stopped_while_it_waits_is_known_to_have_failed_for_those_who_wait()
    {
        using var stop = new CancellationTokenSource();
        _clock.Paused = stop.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Room(_sender)
            .SendAsync(Content, [new MailAddress("b@example.com"), new MailAddress("away@example.com")], "report status", stop.Token));

        Assert.Equal([DeliveryState.Sent, DeliveryState.Failed], Assert.Single(Entries()).Deliveries.Select(one => one.State));
    }

    static MailAddress From { get; } = new("reports@example.com", "Reports");

    Task SendAsync(params string[] to) => Room(_sender).SendAsync(Content, [.. to.Select(one => new MailAddress(one))], "report status", CancellationToken.None);

    Task<IReadOnlyList<(string Subject, MailReceipt Receipt)>> ResendAsync(ScriptedSender sender, TimeSpan passed, string reason = "report status")
    {
        _clock.Passed = passed;
        return Room(sender).ResendHalfSentAsync(reason, CancellationToken.None);
    }

    MailRoom Room(ScriptedSender sender) => new(new MailSettings(From, null, OutboxPath, null), sender, new PlainComposer(), _clock);

    IReadOnlyList<OutboxEntry> Entries()
    {
        using var outbox = Outbox();
        return outbox.List();
    }

    Outbox Outbox() => new(OutboxPath, _clock);

    string OutboxPath => Path.Join(_folder.Path, "outbox.db");
}
