using System.Net.Mail;
using Millrace.Letters;
using MimeKit;

namespace Millrace.Mail.Tests;

public sealed class MimeLetterTests
{
    [Fact]
    public void The_same_letter_has_the_same_identity_whenever_it_is_written()
    {
        var later = MimeLetter.Write(SomeMail.Report.Render(), SomeMail.From, [new MailAddress("a@example.com")], DateTimeOffset.UnixEpoch.AddDays(1), null);

        Assert.Equal(SomeMail.Letter("a@example.com").MessageId, later.MessageId);
        Assert.NotEqual(SomeMail.Letter("b@example.com").MessageId, later.MessageId);
    }

    /// <summary>It must not change: a mail that is sent again by a later version would not be seen to be the same.</summary>
    [Fact]
    public void An_identity_is_what_it_was()
    {
        var content = new MailContent("s", "t", "h", []);

        var letter = MimeLetter.Write(content, SomeMail.From, [new MailAddress("a@example.com")], DateTimeOffset.UnixEpoch, "schedule morning");

        Assert.Equal("da6338dcc6c7fe1e5e59951320dd7451@example.com", letter.MessageId);
        Assert.Equal(letter.MessageId, Load(letter).MessageId);
    }

    [Fact]
    public void A_subject_adds_no_header()
    {
        var content = SomeMail.Report.Render() with { Subject = "a\r\nBcc: everybody@example.com" };

        var letter = MimeLetter.Write(content, SomeMail.From, [SomeMail.From], DateTimeOffset.UnixEpoch, null);

        Assert.Empty(Load(letter).Bcc);
    }

    [Theory]
    [InlineData("ops@example.com", "", "ops@example.com")]
    [InlineData("\"Ops, Team\" <ops@example.com>", "Ops, Team", "ops@example.com")]
    [InlineData("Änne <änne@bücher.example>", "Änne", "änne@bücher.example")]
    public void An_address_stays_what_it_is(string text, string name, string address)
    {
        var mailbox = MimeLetter.MailboxOf(MailAddresses.ParseOne(text, "--mail-to"));

        Assert.Equal((name, address), (mailbox.Name, mailbox.Address));
    }

    static MimeMessage Load(Letter letter) => MimeMessage.Load(new MemoryStream(letter.Bytes));
}
