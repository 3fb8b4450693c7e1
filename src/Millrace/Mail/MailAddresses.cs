using MimeKit;

namespace Millrace.Mail;

/// <summary>Addresses of people as users write them.</summary>
public static class MailAddresses
{
    /// <summary>Reads addresses with commas between them. Throws a <see cref="UserException"/> where one is none.</summary>
    /// <param name="text">Such as <c>ops@example.com,Anna &lt;anna@example.com&gt;</c>.</param>
    /// <param name="name">Where it was written, for messages.</param>
    public static IReadOnlyList<MailboxAddress> Parse(string text, string name)
    {
        var addresses = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => ParseOne(one, name)).DistinctBy(one => one.Address).ToArray();
        return addresses.Length > 0 ? addresses : throw new UserException($"{name} names nobody. Expected addresses such as ops@example.com, with commas between them.", UserException.Usage);
    }

    /// <summary>Reads one address.</summary>
    public static MailboxAddress ParseOne(string text, string name) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0 && !address.LocalPart.Contains(' ')
            ? address
            : throw new UserException($"'{VisibleText.Of(text)}' is not a mail address for {name}. Expected something like ops@example.com.", UserException.Usage);
}
