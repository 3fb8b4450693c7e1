using System.Globalization;
using System.Text;
using Millrace.Queries;

namespace Millrace.Cli.Output;

/// <summary>Prints a result as an aligned table. Rows are held to be aligned, so their number is bounded.</summary>
static class TablePrinter
{
    const int MostRows = 10_000;
    const int WidestCell = 72;

    /// <summary>Prints the first rows; says how many more there are, and which columns were left out because no row has a value.</summary>
    public static void Print(QueryResult rows, Stream output)
    {
        var cells = new List<string?[]>();
        long more = 0;
        while (rows.Read())
        {
            if (cells.Count < MostRows)
            {
                cells.Add([.. rows.Columns.Select(column => column.Text(rows.Row) is { } text ? Shorten(text) : null)]);
            }
            else
            {
                more++;
            }
        }

        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        int[] shown = [.. Enumerable.Range(0, rows.Columns.Count).Where(i => cells.Count == 0 || rows.Columns.Count == 1 || cells.Exists(row => row[i] is not null))];
        int[] widths = [.. shown.Select(i => cells.Select(row => row[i]?.Length ?? 0).Append(rows.Columns[i].Name.Length).Max())];
        Line(writer, shown.Select((i, at) => Align(rows.Columns[i].Name, widths[at], rows.Columns[i].IsNumber)));
        Line(writer, widths.Select(width => new string('─', width)));
        foreach (var row in cells)
        {
            Line(writer, shown.Select((i, at) => Align(row[i] ?? "", widths[at], rows.Columns[i].IsNumber)));
        }

        if (more > 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {more:N0} more rows; --output ndjson or csv prints them all."));
        }

        if (shown.Length < rows.Columns.Count)
        {
            writer.WriteLine($"Without a value in every row: {string.Join(", ", rows.Columns.Select((column, i) => (column.Name, i)).Where(column => !shown.Contains(column.i)).Select(column => column.Name))}");
        }
    }

    static void Line(StreamWriter writer, IEnumerable<string> cells) => writer.WriteLine(string.Join("  ", cells).TrimEnd());

    static string Align(string text, int width, bool toTheRight) => toTheRight ? text.PadLeft(width) : text.PadRight(width);

    /// <summary>Keeps a cell on one line and within a bearable width; control characters from logs must not reach the terminal.</summary>
    static string Shorten(string text)
    {
        var clean = text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '·' : c)) : text;
        return clean.Length <= WidestCell ? clean : string.Concat(clean.AsSpan(0, WidestCell - 1), "…");
    }
}
