using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>Addresses of people as users write them.</summary>
public static class MailAddresses
{
    /// <summary>Reads addresses with commas between them. Throws a <see cref="UserException"/> where one is none.</summary>
    /// <param name="text">Such as <c>ops@example.com,"Ops, Team" &lt;team@example.com&gt;</c>.</param>
    /// <param name="name">Where it was written, for messages.</param>
    public static IReadOnlyList<MailAddress> Parse(string text, string name)
    {
        var addresses = Split(text).Select(one => ParseOne(one, name)).DistinctBy(one => one.Address).ToArray();
        return addresses.Length > 0
            ? addresses
            : throw new UserException($"{name} names nobody. Expected addresses such as ops@example.com, with commas between them.", UserException.Usage);
    }

    /// <summary>Reads one address.</summary>
    public static MailAddress ParseOne(string text, string name) =>
        !text.Any(char.IsControl) && Split(text).Count == 1 && MailAddress.TryCreate(text, out var address) && IsPlain(address, text)
            ? address
            : throw new UserException(
                $"'{VisibleText.Of(text)}' is not a mail address for {name}. Expected something like ops@example.com.", UserException.Usage);

    /// <summary>The runtime also takes blanks in a mailbox, and a name beside an address that has no angle brackets.</summary>
    static bool IsPlain(MailAddress address, string text) => !address.User.Contains(' ') && (address.DisplayName.Length == 0 || text.TrimEnd().EndsWith('>'));

    /// <summary>The parts between commas; those between quotes belong to a name.</summary>
    static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && !isQuoted))
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
            else if (text[i] == '\\' && isQuoted && i + 1 < text.Length)
            {
                i++;
            }
            else
            {
                isQuoted ^= text[i] == '"';
            }
        }

        parts.RemoveAll(part => part.Length == 0);
        return parts;
    }
}
