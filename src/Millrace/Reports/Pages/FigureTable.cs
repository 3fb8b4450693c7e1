using System.Globalization;

namespace Millrace.Reports;

/// <summary>A table of a page: plain HTML, with the bare numbers beside the readable ones so that a script can sort it.</summary>
static class FigureTable
{
    /// <param name="page">Where to.</param>
    /// <param name="table">What.</param>
    /// <param name="rowsAreEdges">Whether the rows are the graph's edges in their order, and light up with them.</param>
    public static void Draw(Markup page, PageTable table, bool rowsAreEdges = false)
    {
        page.Add($"<section class=\"table\">\n  <h2>{table.Title} <small>{Figures.Exact(table.Rows.Count)} {(table.Rows.Count == 1 ? "row" : "rows")}</small></h2>\n");
        page.Add($"  <div class=\"rows\"><table>\n    <thead><tr>");
        page.AddEach(table.Columns, (into, column) => into.Add($"<th scope=\"col\"{ClassOf(column.Kind)}>{column.Title}</th>"));
        page.Add($"</tr></thead>\n    <tbody>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            page.Add($"      <tr{(rowsAreEdges ? new Markup().Add($" data-edge=\"{row}\"") : new Markup())}>");
            page.AddEach(table.Columns.Zip(table.Rows[row]), (into, cell) => DrawCell(into, cell.First.Kind, cell.Second));
            page.Add($"</tr>\n");
        }

        page.Add($"    </tbody>\n  </table></div>\n</section>\n");
    }

    static Markup ClassOf(FigureKind kind) => new Markup().AddTrusted(kind == FigureKind.Text ? "" : " class=\"figure\"");

    static void DrawCell(Markup row, FigureKind kind, object? value)
    {
        if (kind == FigureKind.Text)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            row.Add($"<td class=\"text\" title=\"{text}\">{text}</td>");
        }
        else if (value is null)
        {
            row.Add($"<td class=\"figure\">{Figures.Unknown}</td>");
        }
        else
        {
            DrawFigure(row, kind, Convert.ToDouble(value, CultureInfo.InvariantCulture), value);
        }
    }

    static void DrawFigure(Markup row, FigureKind kind, double number, object value)
    {
        var bare = Convert.ToString(value, CultureInfo.InvariantCulture);
        var (css, text) = kind switch
        {
            FigureKind.Share => ("figure bar", Figures.Share(number)),
            FigureKind.ErrorShare => ($"figure {ErrorLevels.Of(number).CssClass()}", Figures.Share(number)),
            FigureKind.Milliseconds => ("figure", Figures.Milliseconds(number)),
            FigureKind.Bytes => ("figure", Figures.Bytes((long)number)),
            FigureKind.Number => ("figure", Figures.Number(number)),
            _ => ("figure", Figures.Exact(Convert.ToInt64(value, CultureInfo.InvariantCulture))),
        };
        row.Add($"<td class=\"{css}\" data-value=\"{bare}\"");
        if (kind == FigureKind.Share)
        {
            row.Add($" style=\"--share:{Math.Clamp(number, 0, 1).ToString("0.###", CultureInfo.InvariantCulture)}\"><span>{text}</span></td>");
        }
        else
        {
            row.Add($">{text}</td>");
        }
    }
}
