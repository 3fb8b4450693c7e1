using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>The mail of a scheduled run that failed: why, what it was to cover, and how to run it again. Pure.</summary>
/// <param name="Run">The run.</param>
/// <param name="Frame">What it tells besides.</param>
sealed record FailureMail(FailedRun Run, MailFrame Frame)
{
    const int LongestWords = 80;
    const string Quote = "margin:0;padding:4px 0 4px 12px;border-left:4px solid #d43a2f;"
        + "font:13px/1.4 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere";
    const string Next = "The next run covers this period too.";

    string Name => VisibleText.Of(Run.Schedule, LongestWords);

    string Heading => $"The scheduled run '{Name}' failed";

    string Range => $"It was to cover {InstantText.Format(Run.Since)} to {InstantText.Format(Run.Until)}.";

    IEnumerable<string> ReasonLines => Run.Reason.Trim().ReplaceLineEndings("\n").Split('\n')
        .Select(line => VisibleText.Of(line.Replace("\t", "    ", StringComparison.Ordinal), int.MaxValue));

    /// <summary>The mail.</summary>
    public MailContent Render() => new(Subject(), Text(), Html(), []);

    string Subject() => FirstWords() is { Length: > 0 } words ? $"FAILED: {Name}: {words}" : $"FAILED: {Name}";

    /// <summary>The first line of the reason, cut between two words where it is long.</summary>
    string FirstWords()
    {
        var line = ReasonLines.First();
        return line.Length > LongestWords && line.LastIndexOf(' ', LongestWords) is > 0 and var end ? $"{line[..end]}…" : VisibleText.Of(line, LongestWords);
    }

    string Text()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Heading}\n{Range}\n\n");
        foreach (var line in ReasonLines)
        {
            text.Append($"  {line}".TrimEnd()).Append('\n');
        }

        MailEnd.AppendTo(text.Append(CultureInfo.InvariantCulture, $"\n{Next}\n\n"), Frame, "Run it again:");
        return text.ToString();
    }

    string Html()
    {
        var html = MailPage.Begin(Subject()).Add($$"""
            <h1 style="margin:0;font-size:20px;line-height:1.3;overflow-wrap:anywhere">{{Heading}}</h1>
            <p style="margin:4px 0 12px;opacity:.75">{{Range}}</p>
            <pre style="{{Quote}}">{{Reason()}}</pre>
            <p style="margin:12px 0 0">{{Next}}</p>

            """);
        MailEnd.AddTo(html, Frame, "Run it again:");
        return html.Add($"</body>\n</html>\n").ToString();
    }

    /// <summary>Line by line, since a line end within a value would be shown as a sign.</summary>
    Markup Reason()
    {
        var lines = ReasonLines.ToArray();
        return new Markup().AddEach(lines[..^1], static (html, line) => html.Add($"{line}\n")).Add($"{lines[^1]}");
    }
}
