using System.Text;

namespace Millrace.Tests.Errors.Templates;

/// <summary>Messages with the labels that people gave them.</summary>
sealed record LabelledMessages(IReadOnlyList<byte[]> Messages, IReadOnlyList<string> Labels)
{
    /// <summary>Reads the columns Content and EventId of a file of Loghub.</summary>
    public static LabelledMessages Read(string path)
    {
        var rows = CsvRows(File.ReadAllText(path)).ToList();
        var (content, label) = (rows[0].IndexOf("Content"), rows[0].IndexOf("EventId"));
        var data = rows.Skip(1).Where(row => row.Count > 1).ToList();
        return new(data.ConvertAll(row => Encoding.UTF8.GetBytes(row[content])), data.ConvertAll(row => row[label]));
    }

    // Comma-separated values of RFC 4180.
    static IEnumerable<List<string>> CsvRows(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        row.Add(cell.ToString());
        yield return row;
    }
}
