using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>The mail of a search: how many hits there are, the first to be read, and as many as go by mail as CSV. Pure.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Frame">What it tells besides.</param>
sealed record SearchMail(SearchFinding Finding, MailFrame Frame)
{
    const int MostShown = 50;
    const int LongestName = 80;
    const int LongestText = 240;
    const string Cell = "padding:6px 0;border-bottom:1px solid #8886;overflow-wrap:anywhere";
    const string Place = "font-size:12px;opacity:.75";
    const string Line = "font:12px/1.4 ui-monospace,Consolas,monospace;white-space:pre-wrap";

    static readonly MailColumn[] Columns = [new("file", false), new("line", true), new("timestamp", false), new("text", false)];

    IEnumerable<FoundHit> Shown => Finding.FirstHits.Take(MostShown);

    string Heading => $"Search: {VisibleText.Of(Finding.Question, 300)}";

    string Name => VisibleText.Of(Finding.Terms.Count > 0 ? string.Join(", ", Finding.Terms) : Finding.Question, LongestName);

    string HitText => Finding.Hits == 1 ? "1 hit" : string.Create(CultureInfo.InvariantCulture, $"{Finding.Hits:N0} hits");

    string Range => MailRange.Of(Finding.Since, Finding.Until);

    string Subject => $"search {Name}: {(Finding.Hits == 0 ? "nothing found" : HitText)}{(Range.Length > 0 ? $", {Range}" : "")}";

    /// <summary>The mail.</summary>
    public MailContent Render()
    {
        var table = MailTable.Read(Columns, Finding.FirstHits.Select(Row));
        var summary = Summary(table.CsvRowCount);
        return new MailContent(Subject, Text(summary), Html(summary), table.CsvRowCount == 0 ? [] : [new MailAttachment(FileName(), "text/csv", table.Csv)])
        {
            News = Finding.Hits == 0 ? MailNews.Nothing : MailNews.Some,
        };
    }

    static string?[] Row(FoundHit hit) => [hit.File, hit.Line.ToString(CultureInfo.InvariantCulture), TimeOf(hit), hit.Text];

    static string? TimeOf(FoundHit hit) => hit.Time is { } time ? InstantText.Format(time) : null;

    static string PlaceOf(FoundHit hit)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Of(hit.File, 300)}, line {hit.Line}");
        return TimeOf(hit) is { } time ? $"{time}  {place}" : place;
    }

    static string TextOf(FoundHit hit) => VisibleText.Of(hit.Text.Replace("\t", "    ", StringComparison.Ordinal), LongestText);

    string Summary(long attached)
    {
        if (Finding.Hits == 0)
        {
            return "Nothing was found.";
        }

        var count = Shown.Count();
        var shown = count < Finding.Hits ? string.Create(CultureInfo.InvariantCulture, $" The first {count} are below.") : "";
        return $"{HitText}.{shown} " + (attached == Finding.Hits ? "All are attached as CSV."
            : attached == 0 ? "Nothing is attached, since it would be too large for a mail. The command below prints all."
            : string.Create(CultureInfo.InvariantCulture, $"The first {attached:N0} are attached as CSV. The command below prints all."));
    }

    string FileName() => Finding.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"search-{until.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.csv")
        : "search.csv";

    string Text(string summary)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Heading}\n{(Range.Length > 0 ? $"{Range}\n" : "")}\n{summary}\n\n");
        foreach (var hit in Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"{PlaceOf(hit)}\n    {TextOf(hit)}\n");
        }

        MailEnd.AppendTo(text.Append(Finding.FirstHits.Count > 0 ? "\n" : ""), Frame, "Ask again:");
        return text.ToString();
    }

    string Html(string summary)
    {
        var html = MailPage.Begin(Subject).Add($$"""
            <h1 style="margin:0;font-size:20px;line-height:1.3;overflow-wrap:anywhere">{{Heading}}</h1>
            <p style="margin:4px 0 0;opacity:.75">{{Range}}</p>
            <p style="margin:12px 0 16px">{{summary}}</p>

            """);
        if (Finding.FirstHits.Count > 0)
        {
            // One column, so that a phone has its whole width for the text.
            html.Add($"<table style=\"width:100%;border-collapse:collapse\">\n");
            html.AddEach(Shown, static (rows, hit) => rows.Add(
                $"<tr><td style=\"{Cell}\"><div style=\"{Place}\">{PlaceOf(hit)}</div><div style=\"{Line}\">{TextOf(hit)}</div></td></tr>\n"));
            html.Add($"</table>\n");
        }

        MailEnd.AddTo(html, Frame, "Ask again:");
        return html.Add($"</body>\n</html>\n").ToString();
    }
}
