using System.Globalization;

namespace Millrace.Reports;

/// <summary>Makes tables for a page from the results of reports.</summary>
public static class PageTables
{
    /// <summary>The first rows of a result. Columns that no row has are left out; figures are shown by what the columns' names say they are.</summary>
    public static PageTable Of(string title, ReportResult result, int mostRows)
    {
        using var rows = result.Rows();
        int[] shown = [.. Enumerable.Range(0, rows.Columns.Count).Where(i => !result.Absent.Contains(rows.Columns[i].Name))];
        PageColumn[] columns = [.. shown.Select(i => new PageColumn(Heading(rows.Columns[i].Name), KindOf(rows.Columns[i].Name)))];
        var cells = new List<IReadOnlyList<object?>>();
        while (cells.Count < mostRows && rows.Read())
        {
            cells.Add([.. shown.Select((i, at) => Value(rows.Columns[i].Text(rows.Row), columns[at].Kind))]);
        }

        return new PageTable(title, columns, cells);
    }

    static object? Value(string? text, FigureKind kind) => text switch
    {
        null => null,
        _ when kind == FigureKind.Text => text,
        _ when kind is FigureKind.Count or FigureKind.Bytes => long.Parse(text, CultureInfo.InvariantCulture),
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    static FigureKind KindOf(string column) => column switch
    {
        "requests" or "errors" or "totalRequests" or "count" => FigureKind.Count,
        "share" => FigureKind.Share,
        "errorRate" => FigureKind.ErrorShare,
        "bytes" => FigureKind.Bytes,
        _ when column.EndsWith("DurationMs", StringComparison.Ordinal) => FigureKind.Milliseconds,
        _ when column.EndsWith("Value", StringComparison.Ordinal) => FigureKind.Number,
        _ => FigureKind.Text,
    };

    /// <summary><c>p95DurationMs</c> as <c>p95</c>, <c>errorRate</c> as <c>Error rate</c>.</summary>
    static string Heading(string column)
    {
        var name = column.Replace("DurationMs", "", StringComparison.Ordinal).Replace("Value", "", StringComparison.Ordinal);
        var words = string.Concat(name.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
        return words switch
        {
            ['p', >= '0' and <= '9', ..] => words,
            "avg" => "Average",
            "max" => "Maximum",
            _ => char.ToUpperInvariant(words[0]) + words[1..],
        };
    }
}
