using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>The combined format with the virtual host and its port before it, as Debian's Apache writes <c>other_vhosts_access.log</c>.</summary>
static class VcombinedFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%v:%p %h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "vcombined",
        "the combined format with the virtual host and its port before it",
        "shop.example.org:443 203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5316 \"-\" \"Mozilla/5.0\"",
        input => Layout.Value.Bind("vcombined", input));
}
