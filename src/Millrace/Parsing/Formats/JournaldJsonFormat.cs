using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// The journal of systemd as <c>journalctl -o json</c> and its exporters write it (systemd.journal-fields(7), and the Journal JSON Format of the
/// Journal Export Formats): numbers are strings, text that is no UTF-8 is an array of bytes, and what is too long is <c>null</c>.
/// </summary>
static class JournaldJsonFormat
{
    static readonly JsonShape Shape = new(
        new("__REALTIME_TIMESTAMP", "realtime_timestamp", EpochTime, Timestamp, Unit: DurationUnit.Microseconds, Meaning: "when the journal received the entry") { IsRequired = true },
        new("_SYSTEMD_UNIT", "systemd_unit", Column: Service, Kind: ColumnSourceKind.FirstOf, Meaning: "the unit of the process") { Otherwise = "syslog_identifier" },
        new("SYSLOG_IDENTIFIER", "syslog_identifier", Meaning: "the name that the process gave itself"),
        new("_HOSTNAME", "hostname", Column: Host, Meaning: "the machine's name"),
        new("PRIORITY", "priority", Column: Level, Kind: ColumnSourceKind.SyslogSeverity, Meaning: "0, an emergency, to 7, debug"),
        new("MESSAGE", "message", TextBytes, Message, Meaning: "the text"),
        new("MESSAGE_ID", "message_id", Meaning: "the kind of message"),
        new("_PID", "pid", Integer, Meaning: "the process"),
        new("_UID", "uid", Integer, Meaning: "its user"),
        new("_GID", "gid", Integer, Meaning: "its group"),
        new("_COMM", "comm", TextBytes, Meaning: "its name"),
        new("_EXE", "exe", TextBytes, Meaning: "its program"),
        new("_CMDLINE", "cmdline", TextBytes, Meaning: "its command line"),
        new("_TRANSPORT", "transport", Meaning: "how the journal received the entry: syslog, journal, stdout, kernel, audit or driver"),
        new("_BOOT_ID", "boot_id", Meaning: "the boot that the entry is of"),
        new("_MACHINE_ID", "machine_id", Meaning: "the machine's id"),
        new("SYSLOG_FACILITY", "syslog_facility", Meaning: "syslog's number of the facility"),
        new("CODE_FILE", "code_file", Meaning: "the source file"),
        new("CODE_LINE", "code_line", Meaning: "its line"),
        new("CODE_FUNC", "code_func", Meaning: "the function"),
        new("__MONOTONIC_TIMESTAMP", "monotonic_timestamp", Integer, Meaning: "microseconds since the boot"),
        new("__CURSOR", "cursor", Meaning: "the entry's place in the journal"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "journald-json",
        "the journal of systemd, as journalctl -o json writes it",
        """{"__REALTIME_TIMESTAMP":"1795341600123456","PRIORITY":"4","_HOSTNAME":"web-1","_SYSTEMD_UNIT":"orders.service","SYSLOG_IDENTIFIER":"orders","_PID":"812","MESSAGE":"order 17 came twice"}""",
        input => Shape.Bind("journald-json", input));
}
