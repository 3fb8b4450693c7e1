using System.Globalization;
using System.Text;
using Millrace.Errors;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>The mail of errors: what is new first, with a chart for the first groups. Pure: the same digest gives the same text.</summary>
/// <param name="Digest">The errors in groups.</param>
/// <param name="Sources">Where they are, for the commands that find more.</param>
/// <param name="MostGroups">How many groups are told one by one; the attachment has all.</param>
/// <param name="Frame">What it tells besides.</param>
sealed record ErrorMail(ErrorDigest Digest, IReadOnlyList<string> Sources, int MostGroups, MailFrame Frame)
{
    const int MostCharts = 5;
    const string Picture = "display:block;width:100%;max-width:560px;height:auto;margin:8px 0 0;font:11px/1.3 ui-monospace,Consolas,monospace";
    const string Muted = "margin:4px 0 0;font-size:13px;opacity:.75;overflow-wrap:anywhere";
    const string Code = "margin:8px 0 0;padding:8px 10px;border:1px solid #8886;border-radius:6px;font:12px/1.4 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere";

    IEnumerable<ErrorGroup> Shown => Digest.Groups.Take(MostGroups);

    /// <summary>Where there is news, what goes on as before is told in few words.</summary>
    bool IsBrief(ErrorGroup group) => group.State == ErrorState.Steady && Digest.Groups[0].State != ErrorState.Steady;

    IEnumerable<(ErrorGroup Group, string ContentId)> Charted => Shown.Where(group => group.Count > 0 && !IsBrief(group)).Take(MostCharts).Select(group => (group, $"trend-{group.Id}@millrace"));

    /// <summary>The mail.</summary>
    public MailContent Render()
    {
        var table = ErrorCsv.Of(Digest, Sources);
        var attached = table.RowCount == 0 ? ""
            : table.CsvRowCount == table.RowCount ? "All groups are attached as CSV. "
            : string.Create(CultureInfo.InvariantCulture, $"The first {table.CsvRowCount:N0} groups are attached as CSV, since all would be too large for a mail. ");
        return new MailContent(VisibleText.Of(Digest.Headline), Text(attached), Html(attached), table.RowCount == 0 ? [] : [new MailAttachment(FileName(), "text/csv", table.Csv)])
        {
            Images = [.. Charted.Select(one => new MailImage(one.ContentId, TrendChart.Png(one.Group.Trend, Digest.Since)))],
            News = Digest.Groups.Count == 0 ? MailNews.Nothing : Digest.HasHistory && Digest.Groups.All(group => group.State == ErrorState.Steady) ? MailNews.AsBefore : MailNews.Some,
        };
    }

    string FileName() => string.Create(CultureInfo.InvariantCulture, $"errors-{Digest.Until.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.csv");

    string Text(string attached)
    {
        var text = new StringBuilder(ErrorText.Of(Digest, Sources, MostGroups));
        MailEnd.AppendTo(text.Append('\n'), Frame, $"{attached}Ask again:");
        return text.ToString();
    }

    string Html(string attached)
    {
        var html = MailPage.Begin(VisibleText.Of(Digest.Headline));
        html.Add($$"""
            <div style="max-width:680px;margin:0 auto">
            <h1 style="margin:0;font-size:20px;line-height:1.3;overflow-wrap:anywhere">{{ErrorText.Capital(VisibleText.Of(Digest.Headline))}}</h1>
            <p style="margin:4px 0 0">{{ErrorText.Totals(Digest)}}</p>

            """);
        html.AddEach(Shown.Where(group => !IsBrief(group)), AddGroup);
        if (Shown.Any(IsBrief))
        {
            html.Add($"<h2 style=\"margin:28px 0 0;font-size:16px;line-height:1.35\">As before</h2>\n");
            html.AddEach(Shown.Where(IsBrief), AddBriefly);
        }

        if (Digest.Groups.Count > MostGroups)
        {
            html.Add($"<p style=\"margin:16px 0 0\">And {Digest.Groups.Count - MostGroups} more groups.</p>\n");
        }

        html.Add($$"""
            <p style="margin:24px 0 0">{{attached}}Ask again:</p>
            <pre style="{{Code}}">{{VisibleText.Of(Frame.Command, int.MaxValue)}}</pre>

            """);
        MailEnd.AddDashboard(html, Frame);
        return html.Add($"</div>\n</body>\n</html>\n").ToString();
    }

    void AddGroup(Markup html, ErrorGroup group)
    {
        html.Add($$"""
            <div style="margin:16px 0 0;padding:4px 0 4px 12px;border-left:4px solid {{ColourOf(group.State)}}">
            <p style="margin:0;font-size:13px;font-weight:bold;color:{{ColourOf(group.State)}}">{{ErrorText.StateOf(group)}}</p>
            <h2 style="margin:2px 0 0;font-size:16px;line-height:1.35;overflow-wrap:anywhere">{{Breakable(VisibleText.Of(group.Title, 300))}}</h2>
            <p style="margin:4px 0 0">{{ErrorText.CountsOf(group)}}</p>
            <p style="{{Muted}}">{{ErrorText.SeenOf(group)}}</p>

            """);
        html.AddEach(ErrorText.PlacesOf(group), (part, line) => part.Add($"<p style=\"{Muted}\">{VisibleText.Of(line, 400)}</p>\n"));
        AddNote(html, group);

        // Where pictures are blocked, the words in its place say the same.
        foreach (var (_, image) in Charted.Where(one => one.Group == group))
        {
            html.Add($"<img src=\"cid:{image}\" width=\"560\" style=\"{Picture}\" alt=\"by hour: |{ErrorText.Sparkline(group.Trend)}|\">\n");
        }

        if (group.Sample is { } sample)
        {
            html.Add($"<pre style=\"{Code}\">{Sample(group)}</pre>\n<p style=\"{Muted}\">{VisibleText.Of(sample.File, 300)}, line {sample.Line}</p>\n");
        }

        if (group.Count > 0 && group.SearchText.Length > 0)
        {
            html.Add($"<p style=\"{Muted}\">Find more:</p>\n{Search(group)}");
        }

        html.Add($"</div>\n");
    }

    void AddBriefly(Markup html, ErrorGroup group)
    {
        html.Add($$"""
            <div style="margin:12px 0 0;padding:2px 0 2px 12px;border-left:4px solid {{ColourOf(group.State)}}">
            <p style="margin:0;font-weight:bold;line-height:1.35;overflow-wrap:anywhere">{{Breakable(VisibleText.Of(group.Title, 300))}}</p>
            <p style="margin:2px 0 0">{{ErrorText.CountsOf(group)}}</p>

            """);
        html.AddEach(ErrorText.PlacesOf(group).Take(1), (part, line) => part.Add($"<p style=\"{Muted}\">{VisibleText.Of(line, 400)}</p>\n"));
        AddNote(html, group);
        html.Add($"{(group.SearchText.Length > 0 ? Search(group) : new Markup())}</div>\n");
    }

    static void AddNote(Markup html, ErrorGroup group)
    {
        if (group.Note is { } note)
        {
            html.Add($"<p style=\"margin:4px 0 0\">Note: {VisibleText.Of(note, 400)}</p>\n");
        }
    }

    Markup Search(ErrorGroup group) => new Markup().Add($"<pre style=\"{Code}\">{VisibleText.Of(ErrorText.SearchCommand(group, Digest, Sources), int.MaxValue)}</pre>\n");

    /// <summary>A text that may be broken after its dots, as long names of types are, before it is broken elsewhere.</summary>
    static Markup Breakable(string text)
    {
        var parts = text.Split('.');
        return new Markup().AddEach(parts[..^1], (html, part) => html.Add($"{part}.<wbr>")).Add($"{parts[^1]}");
    }

    static Markup Sample(ErrorGroup group)
    {
        var lines = new Markup();
        lines.AddEach(ErrorText.SampleOf(group), (part, line) => part.Add($"{Breakable(line.Replace("\t", "    ", StringComparison.Ordinal))}\n"));
        return lines;
    }

    // Each is told apart from a white and from a black ground.
    static string ColourOf(ErrorState state) => state switch
    {
        ErrorState.New => "#d43a2f",
        ErrorState.Back => "#b5700a",
        ErrorState.Rising => "#b5700a",
        _ => "#7a7f87",
    };
}
