using Millrace.Events;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Formats;

/// <summary>
/// The combined format with the addresses that a request was forwarded for in the place of the client's: <c>$http_x_forwarded_for - $remote_user [$time_local] …</c>. The combined
/// format would take parts of the list for other fields, so a file is taken whose head has such a list.
/// </summary>
static class ForwardedCombinedFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => NginxFormat.Compile("$http_x_forwarded_for - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"", allowsTail: true));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "forwarded-combined",
        "the combined format with a list of forwarded addresses in the place of the client's, which is the first",
        "203.0.113.7, 10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 5316 \"https://example.org/\" \"Mozilla/5.0\"",
        Bind)
    {
        DependsOnHead = true,
    };

    static FormatBinding? Bind(FormatInput input)
    {
        if (!HasList(input.Head.Span))
        {
            return null;
        }

        var binding = Layout.Value.Bind("forwarded-combined", input);
        binding.Columns[EventColumn.ClientIp] = new(ColumnSourceKind.AddressWithoutPort, 0);
        return binding;
    }

    static bool HasList(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            var line = EventBoundary.TakeLine(ref head);
            var end = line.IndexOf(" - "u8);
            if (end > 0 && line[..end].IndexOf(", "u8) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
