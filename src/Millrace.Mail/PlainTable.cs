using System.Text;
using Millrace.Letters;

namespace Millrace.Mail;

/// <summary>A table in plain text: columns side by side, numbers to the right.</summary>
static class PlainTable
{
    /// <summary>Appends the rows that a mail shows; nothing where there are none.</summary>
    public static void Append(StringBuilder text, MailTable table)
    {
        if (table.FirstRows.Count == 0)
        {
            return;
        }

        string[][] lines = [[.. table.Columns.Select(column => VisibleText.Of(column.Name))], .. table.FirstRows.Select(row => row.Select(value => VisibleText.Of(value ?? "")).ToArray())];
        var widths = table.Columns.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, i) => table.Columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        text.Append('\n');
    }
}
