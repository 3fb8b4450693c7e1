using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>
/// What Tomcat's AccessLogValve writes: its <c>combined</c>, its <c>common</c>, which is the default, and the pattern that Spring Boot's documents show.
/// <c>auto</c> calls the first two by their usual names.
/// </summary>
static class TomcatFormat
{
    static readonly Lazy<LayoutChoice> Layouts = new(() => new LayoutChoice(
    [
        ApacheFormat.Compile("%t %h \"%r\" %s (%{ms}T ms)"),
        ApacheFormat.Compile("%h %l %u %t \"%r\" %s %b \"%{Referer}i\" \"%{User-Agent}i\""),
        ApacheFormat.Compile("%h %l %u %t \"%r\" %s %b"),
    ]));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "tomcat",
        "Tomcat's access log, also as Spring Boot writes it",
        "[22/Nov/2026:10:00:00 +0000] 203.0.113.7 \"GET /orders/17 HTTP/1.1\" 200 (12 ms)",
        input => Layouts.Value.Bind("tomcat", input))
    {
        CanBeDetected = false,
    };
}
