using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>cPanel's access log: the combined format with the month first and in digits, and how the user was authenticated, the addresses forwarded for and the port behind it.</summary>
static class CpanelFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%h %l %u [%{%m/%d/%Y:%H:%M:%S %z}t] \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" \"%{authentication}n\" \"%{X-Forwarded-For}i\" %p", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cpanel",
        "cPanel's access log, whose dates begin with the month",
        "203.0.113.7 - alice [11/22/2026:10:00:00 -0000] \"GET /cpsess1/frontend HTTP/1.1\" 200 0 \"-\" \"Mozilla/5.0\" \"s\" \"-\" 2083",
        input => Layout.Value.Bind("cpanel", input));
}
