namespace Millrace.Letters;

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Such as <c>text/csv</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record MailAttachment(string Name, string MediaType, byte[] Bytes);
