using Millrace.Events;

namespace Millrace.Parsing.Syslog;

/// <summary>The fields of a syslog message.</summary>
static class SyslogField
{
    public const int Priority = 0;
    public const int Time = 1;
    public const int Host = 2;
    public const int App = 3;
    public const int Process = 4;
    public const int MessageId = 5;
    public const int Message = 6;
    public const int Facility = 7;
    public const int Version = 8;

    /// <summary>All of them, in that order.</summary>
    public static IReadOnlyList<FormatField> All { get; } =
    [
        new("priority", ColumnType.Integer, "the facility times eight, and the severity"),
        new("time", ColumnType.Timestamp, "when it happened"),
        new("hostname", ColumnType.Text, "the machine"),
        new("app_name", ColumnType.Text, "the program"),
        new("procid", ColumnType.Text, "the process"),
        new("msgid", ColumnType.Text, "the kind of message"),
        new("text", ColumnType.Text, "the message"),
        new("facility", ColumnType.Integer, "the facility's number"),
        new("version", ColumnType.Integer, "1 where the message is as RFC 5424 has it"),
    ];

    /// <summary>The event columns that they give.</summary>
    public static ColumnMap Columns() => new()
    {
        [EventColumn.Timestamp] = ColumnSource.From(Time),
        [EventColumn.Level] = new(ColumnSourceKind.SyslogPriority, Priority),
        [EventColumn.Host] = ColumnSource.From(Host),
        [EventColumn.Service] = ColumnSource.From(App),
        [EventColumn.Message] = ColumnSource.From(Message),
    };
}
