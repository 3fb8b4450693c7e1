using Millrace.Events;
using Millrace.Parsing.AppLines;

namespace Millrace.Parsing.Formats;

/// <summary>The text that applications write through a logging library: a time, a level, perhaps a thread and a logger, and a message of one or more lines.</summary>
static class AppFormat
{
    static readonly FormatField[] Fields =
    [
        new("time", ColumnType.Timestamp, "The time of the event. Absent where the line has none, or has a time of day alone."),
        new("severity", ColumnType.Text, "The level as written."),
        new("app", ColumnType.Text, "Spring Boot's application name."),
        new("trace", ColumnType.Text, "Spring's trace id."),
        new("pid", ColumnType.Text, "The process id, where it stands alone before the level, or before Spring's three dashes."),
        new("thread", ColumnType.Text, "The thread's name or number."),
        new("source", ColumnType.Text, "The logger's name, as written: often shortened, sometimes with a source line."),
        new("text", ColumnType.Text, "The message, with the lines that continue it."),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "app",
        "application logs of log4j, logback, Spring Boot, Serilog, NLog, Python's logging and their like; stack traces join the event above",
        "2026-11-22 10:00:00,123 [main] WARN  c.e.shop.OrderService - order 17 came twice",
        Bind)
    {
        IsGeneral = true,
    };

    static FormatBinding Bind(FormatInput input) => new()
    {
        Format = Format.Name,
        Fields = Fields,
        Columns = new()
        {
            [EventColumn.Timestamp] = ColumnSource.From(AppLineParser.Time),
            [EventColumn.Level] = new(ColumnSourceKind.Severity, AppLineParser.Level),
            [EventColumn.Service] = ColumnSource.From(AppLineParser.Service),
            [EventColumn.TraceId] = ColumnSource.From(AppLineParser.TraceId),
            [EventColumn.Logger] = ColumnSource.From(AppLineParser.Logger),
            [EventColumn.Message] = ColumnSource.From(AppLineParser.Message),
        },
        CreateParser = () => new AppLineParser(input.TimeZone),
        JoinsLines = true,
        Raw = new RawTable.None("an event may have several lines, which those engines read apart"),
    };
}
