using System.Globalization;
using System.Text;
using Millrace.Letters;
using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>What every mail ends with: the command that gives the same again, and where the dashboard is.</summary>
static class MailEnd
{
    const string Code = "margin:0;padding:10px;border:1px solid #8886;border-radius:6px;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere";

    /// <summary>Adds it to plain text.</summary>
    public static void AppendTo(StringBuilder text, MailFrame frame, string label)
    {
        text.Append(CultureInfo.InvariantCulture, $"{label}\n  {VisibleText.Of(frame.Command, int.MaxValue)}\n");
        if (frame.Dashboard is { } dashboard)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nDashboard:\n  {dashboard.AbsoluteUri}\n");
        }
    }

    /// <summary>Adds it to a page.</summary>
    public static void AddTo(Markup html, MailFrame frame, string label)
    {
        html.Add($$"""
            <p style="margin:16px 0 4px">{{label}}</p>
            <pre style="{{Code}}">{{VisibleText.Of(frame.Command, int.MaxValue)}}</pre>

            """);
        AddDashboard(html, frame);
    }

    /// <summary>Adds the link to the dashboard to a page, where there is one.</summary>
    public static void AddDashboard(Markup html, MailFrame frame)
    {
        if (frame.Dashboard is { } dashboard)
        {
            html.Add($"<p style=\"margin:16px 0 0\"><a href=\"{dashboard.AbsoluteUri}\">Open the dashboard</a></p>\n");
        }
    }
}
