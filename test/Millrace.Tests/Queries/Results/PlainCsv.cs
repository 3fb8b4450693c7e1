using System.Text;

namespace Millrace.Tests.Queries.Results;

/// <summary>A slow, obviously right reader of CSV: an empty cell is null, a quoted one a text.</summary>
static class PlainCsv
{
    public static List<List<string?>> Read(string csv)
    {
        var rows = new List<List<string?>>();
        for (var at = 0; at < csv.Length;)
        {
            var row = new List<string?>();
            do
            {
                row.Add(ReadCell(csv, ref at));
            }
            while (csv[at++] == ',');
            Assert.Equal('\n', csv[at - 1]);
            rows.Add(row);
        }

        return rows;
    }

    static string? ReadCell(string csv, ref int at)
    {
        if (csv[at] != '"')
        {
            var end = csv.AsSpan(at).IndexOfAny(',', '\n') + at;
            var bare = csv[at..end];
            at = end;
            return bare.Length == 0 ? null : bare;
        }

        var text = new StringBuilder();
        for (at++; csv[at] != '"' || csv[at + 1] == '"'; at++)
        {
            at += csv[at] == '"' ? 1 : 0;
            text.Append(csv[at]);
        }

        at++;
        return text.ToString();
    }
}
