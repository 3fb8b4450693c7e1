using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Serilog's compact log event format. A line without <c>@l</c> is of level Information; the message is <c>@m</c>, or the template <c>@mt</c> where it was not
/// rendered. Property names that begin with <c>@</c> have it doubled, and stay so in <c>attributes</c>.
/// </summary>
static class ClefFormat
{
    static readonly JsonShape Shape = new(
        new("@t", "t", AnyTime, Timestamp, Meaning: "when it happened") { IsRequired = true },
        new("@m", "m", Column: Message, Kind: ColumnSourceKind.FirstOf, Meaning: "the text") { Otherwise = "message_template" },
        new("@mt", "message_template", Meaning: "the text with its properties' names"),
        new("@l", "l", Column: Level, Kind: ColumnSourceKind.SeverityOrInfo, Meaning: "the level; none means Information"),
        new("@x", "exception", Meaning: "the exception with its stack trace"),
        new("@i", "event_id", Meaning: "the kind of event"),
        new("@r", "renderings", JsonFieldSyntax.Json, Meaning: "texts of the properties that have a format in the template"),
        new("@tr", "tr", Column: TraceId, Meaning: "the trace"),
        new("@sp", "span_id", Meaning: "the span in it"),
        new("SourceContext", "source_context", Column: Logger, Meaning: "the logger"),
        new("Application", "application", Column: Service, Meaning: "the application that logs"),
        new("MachineName", "machine_name", Column: Host, Meaning: "the machine's name"),
        new("RequestMethod", "request_method", Column: Method, Meaning: "the request's method"),
        new("RequestPath", "request_path", Kind: ColumnSourceKind.UrlPath, Meaning: "the request's path"),
        new("StatusCode", "status_code", JsonFieldSyntax.Status, EventColumn.Status, Meaning: "the response's status") { IsLoose = true },
        new("Elapsed", "elapsed_us", Duration, DurationUs, Unit: DurationUnit.Milliseconds, Meaning: "how long it took, in microseconds") { IsLoose = true });

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "clef",
        "Serilog's compact JSON, one event a line",
        """{"@t":"2026-11-22T10:00:00.1234567Z","@mt":"Order {Order} came twice","@l":"Warning","Order":17,"SourceContext":"Shop.Orders","Application":"orders"}""",
        input => Shape.Bind("clef", input));
}
