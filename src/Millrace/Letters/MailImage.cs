namespace Millrace.Letters;

/// <summary>A picture that stands in a mail's HTML as <c>cid:ContentId</c>; it goes with the mail, so that nothing is loaded.</summary>
/// <param name="ContentId">Its name within the mail, without angle brackets.</param>
/// <param name="Png">Its bytes.</param>
public sealed record MailImage(string ContentId, byte[] Png);
