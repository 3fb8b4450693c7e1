using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>The combined format: the default of nginx and of most Apache servers. Fields added behind the user agent are accepted.</summary>
static class CombinedFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "combined",
        "the default of nginx and of most Apache servers",
        "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 5316 \"https://example.org/\" \"Mozilla/5.0\"",
        input => Layout.Value.Bind("combined", input));
}
