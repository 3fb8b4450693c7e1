using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>What lighttpd's mod_accesslog writes by default: the combined format with the host asked for in the place of the identd name. <c>auto</c> calls it combined.</summary>
static class LighttpdFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%h %V %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "lighttpd",
        "lighttpd's default: the combined format with the host as the second field",
        "203.0.113.7 shop.example - [22/Nov/2026:10:00:00 +0000] \"GET /orders/17 HTTP/1.1\" 200 5316 \"-\" \"Mozilla/5.0\"",
        input => Layout.Value.Bind("lighttpd", input))
    {
        CanBeDetected = false,
    };
}
