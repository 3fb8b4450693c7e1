using Millrace.Mail;
using MimeKit;

namespace Millrace.Tests.Mail;

public sealed class LetterTests
{
    [Fact]
    public void The_same_letter_has_the_same_identity_whenever_it_is_written()
    {
        var later = new Letter(SomeMail.Report.Render(), SomeMail.From, [new MailboxAddress("", "a@example.com")], DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.Equal(SomeMail.Letter("a@example.com").MessageId, later.MessageId);
        Assert.NotEqual(SomeMail.Letter("b@example.com").MessageId, later.MessageId);
    }

    [Fact]
    public void A_subject_adds_no_header()
    {
        var letter = new Letter(SomeMail.Report.Render() with { Subject = "a\r\nBcc: everybody@example.com" }, SomeMail.From, [SomeMail.From], DateTimeOffset.UnixEpoch);

        using var bytes = new MemoryStream();
        letter.Message.WriteTo(bytes);
        bytes.Position = 0;
        Assert.Empty(MimeMessage.Load(bytes).Bcc);
    }
}
