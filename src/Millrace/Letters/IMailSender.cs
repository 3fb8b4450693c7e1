using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>A way by which letters leave.</summary>
public interface IMailSender
{
    /// <summary>
    /// Tries once to hand a letter over for some of its recipients. Gives one delivery a recipient, which is never pending. Must not throw for what a server or a network does, nor for credentials that are missing: that is in the
    /// result. A letter may be delivered twice where the connection breaks after it was taken and before that was said.
    /// </summary>
    Task<IReadOnlyList<Delivery>> TryAsync(Letter letter, IReadOnlyList<MailAddress> recipients, CancellationToken cancellationToken);
}
