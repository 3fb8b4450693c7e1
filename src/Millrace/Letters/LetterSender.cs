using System.Net.Mail;
using System.Text;

namespace Millrace.Letters;

/// <summary>Who sends a letter, as its own head says. An outbox keeps letters as bytes alone.</summary>
static class LetterSender
{
    const string Field = "From:";

    /// <summary>The address in the head, without the name beside it; null where there is none.</summary>
    public static MailAddress? Find(byte[] letter)
    {
        // A field goes on in the lines that begin with a blank.
        var field = string.Concat(Head(letter)
            .SkipWhile(line => !line.StartsWith(Field, StringComparison.OrdinalIgnoreCase))
            .TakeWhile((line, i) => i == 0 || line[0] is ' ' or '\t'));
        var value = field.Length > 0 ? field[Field.Length..].Trim() : "";
        var address = value.EndsWith('>') ? value[(value.LastIndexOf('<') + 1)..^1] : value;
        return MailAddress.TryCreate(address, out var sender) ? sender : null;
    }

    static IEnumerable<string> Head(byte[] letter)
    {
        using var reader = new StreamReader(new MemoryStream(letter), Encoding.UTF8);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            yield return line;
        }
    }
}
