using System.Globalization;
using System.Text;
using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.Cli.Output;

/// <summary>Prints a result as a table for people.</summary>
static class TablePrinter
{
    /// <summary>The widest that a text may be where no terminal limits it: each row of an aligned table is as wide as the widest.</summary>
    const int WidestCell = 72;

    /// <summary>Prints the first rows; says how many there are, and which columns were left out.</summary>
    public static void Print(QueryResult rows, Stream output, TableView view)
    {
        TableColumn[] columns = [.. rows.Columns.Select(column => new TableColumn(TerminalText.Visible(column.Name), column.IsNumber))];
        var (cells, count) = Read(rows, view);
        var layout = new TableLayout(columns, cells, view.Width);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in layout.Lines())
        {
            writer.WriteLine(line);
        }

        foreach (var line in Notes(layout, cells.Count, count, view).SelectMany(note => TerminalText.Lines(note, view.Width ?? int.MaxValue)))
        {
            writer.WriteLine(line);
        }
    }

    static (List<string?[]> Cells, long Count) Read(QueryResult rows, TableView view)
    {
        var cells = new List<string?[]>();
        long count = 0;
        while (rows.Read())
        {
            if (count++ < view.MostRows)
            {
                cells.Add([.. rows.Columns.Select(column => Cell(column, rows.Row, view.Width ?? WidestCell))]);
            }
        }

        return (cells, count);
    }

    static string? Cell(ResultColumn column, int row, int width) =>
        column.Text(row) is { } text && !column.IsNumber ? TerminalText.Fit(TerminalText.Visible(text), width) : column.Text(row);

    static IEnumerable<string> Notes(TableLayout layout, int shown, long count, TableView view)
    {
        if (count > shown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{shown:N0} of {count:N0} rows; {view.More}");
        }

        if (layout.NotFitting.Count > 0)
        {
            var them = layout.NotFitting.Count == 1 ? "it" : "them";
            yield return $"Not shown for want of room: {string.Join(", ", layout.NotFitting)}. --output csv has {them}.";
        }

        if (layout.Empty.Count > 0)
        {
            yield return $"Without a value in every row: {string.Join(", ", layout.Empty)}";
        }
    }
}
