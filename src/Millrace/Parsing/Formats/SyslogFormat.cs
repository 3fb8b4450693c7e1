using Millrace.Events;
using Millrace.Parsing.Syslog;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Syslog as rsyslog, syslog-ng and others write it to files: RFC 3164, RFC 5424 and ISO times, with or without the priority. A year that is not written is counted
/// back from now, and local times are of the zone that was asked for. Elements of structured data are attributes.
/// </summary>
static class SyslogFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "syslog",
        "syslog of RFC 3164 and RFC 5424, as rsyslog, syslog-ng and network devices write it",
        "<165>1 2026-11-22T10:00:00.123Z web-1 orders 812 TWICE [order@32473 id=\"17\"] order 17 came twice",
        Bind);

    static FormatBinding Bind(FormatInput input) => new()
    {
        Format = "syslog",
        Fields = SyslogField.All,
        Columns = SyslogField.Columns(),
        CreateParser = () => new Parser(input),
        Raw = new RawTable.None("lines of several manners are mixed, and the year of some is counted back from now"),
    };

    sealed class Parser : LineParser
    {
        readonly SyslogReader _reader;

        public Parser(FormatInput input)
            : base(SyslogField.All.Count) => _reader = new(Fields, input.TimeZone, input.AsOf);

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            Fields.Values.AsSpan().Clear();
            Fields.Attributes.Clear();
            return _reader.Read(line);
        }
    }
}
