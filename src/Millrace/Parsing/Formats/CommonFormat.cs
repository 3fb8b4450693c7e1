using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>The Common Log Format of Apache and many others.</summary>
static class CommonFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%h %l %u %t \"%r\" %>s %b"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "common",
        "the Common Log Format of Apache and many others",
        "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326",
        input => Layout.Value.Bind("common", input));
}
