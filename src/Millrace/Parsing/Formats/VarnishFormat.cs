using Millrace.Events;
using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>What varnishncsa writes by default: the combined format with the whole URL in the request line, and so the host. <c>auto</c> calls it combined.</summary>
static class VarnishFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => ApacheFormat.Compile("%h %l %u %t \"%r\" %s %b \"%{Referer}i\" \"%{User-Agent}i\"", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "varnish",
        "Varnish, as varnishncsa writes it: the combined format with the whole URL in the request",
        "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET http://shop.example/orders/17 HTTP/1.1\" 200 5316 \"-\" \"Mozilla/5.0\"",
        Bind)
    {
        CanBeDetected = false,
    };

    static FormatBinding Bind(FormatInput input)
    {
        var binding = Layout.Value.Bind("varnish", input);
        binding.Columns[EventColumn.Host] = new(ColumnSourceKind.RequestHost, binding.Columns[EventColumn.Path].Field);
        return binding;
    }
}
