using Millrace.Events;
using Millrace.Parsing.Json;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// The Graylog Extended Log Format 1.1 (and 1.0): a version, a host, a short message, seconds since 1970, and syslog's number of the level. The fields that a
/// sender adds begin with an underscore, and are attributes.
/// </summary>
static class GelfFormat
{
    static readonly JsonShape Shape = new(
        new("version", "version", Meaning: "1.1 or 1.0") { IsRequired = true },
        new("host", "host", Column: Host, Meaning: "the sender") { IsRequired = true },
        new("short_message", "short_message", Column: Message, Meaning: "the text") { IsRequired = true },
        new("full_message", "full_message", Meaning: "the text with what belongs to it, such as a stack trace"),
        new("timestamp", "timestamp", EpochTime, Timestamp, Meaning: "when it happened, in seconds since 1970"),
        new("level", "level", Column: Level, Kind: ColumnSourceKind.SyslogSeverity, Meaning: "0, an emergency, to 7, debug"),
        new("facility", "facility", Meaning: "the part of the sender, in GELF 1.0"),
        new("file", "file", Meaning: "the source file, in GELF 1.0"),
        new("line", "line", Meaning: "its line, in GELF 1.0"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "gelf",
        "the Graylog Extended Log Format, one message a line",
        """{"version":"1.1","host":"web-1","short_message":"order 17 came twice","timestamp":1795341600.123,"level":4,"_order":17}""",
        input => Shape.Bind("gelf", input));
}
