using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>The mail of a report: what it found, from when to when, and how to ask again. Pure: the same report gives the same bytes.</summary>
/// <param name="Report">The report.</param>
/// <param name="Since">Where its range begins; null for no bound.</param>
/// <param name="Until">Where it ends; null likewise.</param>
/// <param name="Table">What it found.</param>
/// <param name="Frame">What it tells besides.</param>
sealed record ReportMail(Report Report, DateTimeOffset? Since, DateTimeOffset? Until, MailTable Table, MailFrame Frame)
{
    const string Cell = "padding:6px 10px;border-bottom:1px solid #8886;vertical-align:top";
    const int LongestUnbroken = 12;

    string Heading => VisibleText.Of($"{char.ToUpperInvariant(Report.Title[0])}{Report.Title[1..]}");

    string Range => MailRange.Of(Since, Until) is { Length: > 0 } range ? range : "all time";

    string RowText => Table.RowCount == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{Table.RowCount:N0} rows");

    string Summary => Table.RowCount == 0 ? "Nothing was found." : $"{RowText}.{Shown}{Attached}";

    string Shown => Table.FirstRows.Count < Table.RowCount ? $" The first {Table.FirstRows.Count} are below." : "";

    string Attached => Table.CsvRowCount == Table.RowCount
        ? " All are attached as CSV."
        : string.Create(CultureInfo.InvariantCulture, $" The first {Table.CsvRowCount:N0} are attached as CSV, since all would be too large for a mail. The command below gives all.");

    /// <summary>The mail.</summary>
    public MailContent Render() => new(Subject(), Text(), Html(), Table.RowCount == 0 ? [] : [new MailAttachment(FileName(), "text/csv", Table.Csv)])
    {
        News = Table.RowCount == 0 ? MailNews.Nothing : MailNews.Some,
    };

    string Subject() => $"{Report.Name}: {(Table.RowCount == 0 ? "nothing found" : RowText)}, {Range}";

    string FileName() => string.Create(CultureInfo.InvariantCulture, $"{Report.Name}{Until?.UtcDateTime:-yyyyMMdd'T'HHmmss'Z'}.csv");

    string Text()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Heading}\n{Range}\n\n{Summary}\n\n");
        PlainTable.Append(text, Table.Shown);
        MailEnd.AppendTo(text, Frame, "Ask again:");
        return text.ToString();
    }

    string Html()
    {
        var html = MailPage.Begin(Subject());
        html.Add($$"""
            <h1 style="margin:0;font-size:20px;line-height:1.3">{{Heading}}</h1>
            <p style="margin:4px 0 12px;opacity:.75">{{Range}}</p>
            <p style="margin:0 0 16px">{{Summary}}</p>

            """);
        if (Table.RowCount > 0)
        {
            AddTable(html);
        }

        MailEnd.AddTo(html, Frame, "Ask again:");
        return html.Add($"</body>\n</html>\n").ToString();
    }

    void AddTable(Markup html)
    {
        html.Add($"<div style=\"overflow-x:auto\">\n<table style=\"border-collapse:collapse;font-size:14px\">\n<tr>");
        var shown = Table.Shown;
        var styles = shown.Columns.Select((column, i) => StyleOf(column, shown.FirstRows.Select(row => row[i]))).ToArray();
        foreach (var column in shown.Columns)
        {
            html.Add($"<th style=\"{Cell};white-space:nowrap;text-align:{Side(column)}\">{VisibleText.Of(column.Name)}</th>");
        }

        html.Add($"</tr>\n");
        foreach (var row in shown.FirstRows)
        {
            html.Add($"<tr>");
            html.AddEach(styles.Zip(row), (cells, pair) => cells.Add($"<td style=\"{Cell};{pair.First}\">{VisibleText.Of(pair.Second ?? "")}</td>"));
            html.Add($"</tr>\n");
        }

        html.Add($"</table>\n</div>\n");
    }

    /// <summary>Numbers and short texts stay in one line; long ones are broken, so that a phone shows the numbers beside them.</summary>
    static string StyleOf(MailColumn column, IEnumerable<string?> values) =>
        $"{(column.IsNumber || values.All(value => (value?.Length ?? 0) <= LongestUnbroken) ? "white-space:nowrap" : "overflow-wrap:anywhere;min-width:7em")};text-align:{Side(column)}";

    static string Side(MailColumn column) => column.IsNumber ? "right" : "left";
}
