using Millrace.Parsing.Cef;

namespace Millrace.Parsing.Formats;

/// <summary>The Common Event Format of security devices, alone or behind a head of syslog. What has no column is an attribute; the name is the message where there is no <c>msg</c>.</summary>
static class CefFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cef",
        "the Common Event Format of firewalls and other security devices, alone or behind a head of syslog",
        "CEF:0|Example|Firewall|1.4|100|connection refused|5|rt=1795341600123 src=203.0.113.7 spt=51234 dst=192.0.2.1 dpt=22 act=deny msg=no rule lets it through",
        Bind);

    static FormatBinding Bind(FormatInput input) => new()
    {
        Format = "cef",
        Fields = CefField.All,
        Columns = CefField.Columns(),
        CreateParser = () => new CefParser(input),
        Raw = new RawTable.None("its keys stand in any order, and where a value ends shows from the key after it"),
    };
}
