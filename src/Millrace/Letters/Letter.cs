using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>
/// A mail as it is sent. The same content from and to the same people has the same Message-ID, so that one sent twice after a crash is seen to be the
/// same mail.
/// </summary>
/// <param name="From">Who sends it, in its head and in what is said to mail servers.</param>
/// <param name="To">Whom it goes to.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="MessageId">Its identity, without angle brackets.</param>
/// <param name="Bytes">The whole message, head and body, as mail servers take it.</param>
public sealed record Letter(MailAddress From, IReadOnlyList<MailAddress> To, string Subject, string MessageId, byte[] Bytes);
