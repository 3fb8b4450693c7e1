using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Millrace.Letters;
using MimeKit;

namespace Millrace.Mail;

/// <summary>Writes letters: a mail's content as a MIME message.</summary>
static class MimeLetter
{
    /// <summary>Writes a letter, in seven bits: whichever way it leaves, and wherever it is kept, it is the same bytes.</summary>
    public static Letter Write(MailContent content, MailAddress from, IReadOnlyList<MailAddress> to, DateTimeOffset date, string? identity)
    {
        var id = $"{(identity is null ? IdOf(content, from, to) : IdOf([identity], from, to, []))}@{from.Host}";
        using var message = new MimeMessage { MessageId = id, Date = date, Subject = VisibleText.Of(content.Subject, int.MaxValue), Body = BodyOf(content) };
        message.From.Add(MailboxOf(from));
        message.To.AddRange(to.Select(MailboxOf));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return new Letter(from, to, content.Subject, id, bytes.ToArray());
    }

    /// <summary>A person's address as MIME has it.</summary>
    public static MailboxAddress MailboxOf(MailAddress address) => new(address.DisplayName, address.Address);

    static string IdOf(MailContent content, MailAddress from, IReadOnlyList<MailAddress> to) =>
        IdOf([content.Subject, content.Text, content.Html], from, to, content.Attachments);

    static string IdOf(string[] content, MailAddress from, IReadOnlyList<MailAddress> to, IReadOnlyList<MailAttachment> attachments)
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
