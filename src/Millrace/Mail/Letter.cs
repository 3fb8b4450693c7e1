using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Millrace.Mail;

/// <summary>
/// A mail as it is sent: from whom, to whom, and its bytes. The same content from and to the same people has the same Message-ID, so that one
/// sent twice after a crash is seen to be the same mail.
/// </summary>
public sealed class Letter
{
    /// <summary>Writes a letter.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="from">Who sends it.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="date">When it is written.</param>
    /// <param name="identity">What makes it the same letter whatever it says, such as a schedule and its period; null where its content does.</param>
    public Letter(MailContent content, MailboxAddress from, IReadOnlyList<MailboxAddress> to, DateTimeOffset date, string? identity = null)
    {
        (From, To, Subject) = (from, to, content.Subject);
        MessageId = $"{(identity is null ? IdOf(content, from, to) : IdOf([identity], from, to, []))}@{from.Domain}";
        Message = new MimeMessage { MessageId = MessageId, Date = date, Subject = VisibleText.Of(content.Subject, int.MaxValue), Body = BodyOf(content) };
        Message.From.Add(from);
        Message.To.AddRange(to);
        Message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");

        // Whichever way it leaves, and wherever it is kept, it is the same bytes.
        Message.Prepare(EncodingConstraint.SevenBit);
    }

    Letter(MimeMessage message)
    {
        (From, To, Subject, MessageId, Message) = ((MailboxAddress)message.From[0], [.. message.To.Mailboxes], message.Subject ?? "", message.MessageId ?? "", message);
        Message.Prepare(EncodingConstraint.SevenBit);
    }

    /// <summary>Who sends it.</summary>
    public MailboxAddress From { get; }

    /// <summary>Whom it goes to.</summary>
    public IReadOnlyList<MailboxAddress> To { get; }

    /// <summary>Its subject.</summary>
    public string Subject { get; }

    /// <summary>Its identity, without angle brackets.</summary>
    public string MessageId { get; }

    internal MimeMessage Message { get; }

    /// <summary>A letter of the outbox, to be sent again.</summary>
    public static Letter Read(byte[] bytes) => new(MimeMessage.Load(new MemoryStream(bytes)));

    /// <summary>The letter as mail servers take it.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Message.WriteTo(bytes);
        return bytes.ToArray();
    }

    static string IdOf(MailContent content, MailboxAddress from, IReadOnlyList<MailboxAddress> to) => IdOf([content.Subject, content.Text, content.Html], from, to, content.Attachments);

    static string IdOf(string[] content, MailboxAddress from, IReadOnlyList<MailboxAddress> to, IReadOnlyList<MailAttachment> attachments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] texts = [.. content, from.Address, .. to.Select(one => one.Address).Order(StringComparer.Ordinal)];
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', texts)));
        foreach (var attachment in attachments)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{attachment.Name}\0"));
            hash.AppendData(attachment.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    static MimeEntity BodyOf(MailContent content)
    {
        var body = new BodyBuilder { TextBody = content.Text, HtmlBody = content.Html };
        foreach (var image in content.Images)
        {
            var part = body.LinkedResources.Add($"{image.ContentId.Split('@')[0]}.png", image.Png, new ContentType("image", "png"));
            (part.ContentId, part.ContentDisposition) = (image.ContentId, new ContentDisposition(ContentDisposition.Inline));
        }

        foreach (var attachment in content.Attachments)
        {
            // Base64, since other encodings of a text change its line ends.
            var part = (MimePart)body.Attachments.Add(attachment.Name, attachment.Bytes, ContentType.Parse(attachment.MediaType));
            part.ContentTransferEncoding = ContentEncoding.Base64;
        }

        return body.ToMessageBody();
    }
}
