using Millrace.Parsing.Otlp;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Logs in OpenTelemetry's OTLP as JSON lines: what the collector's file exporter writes (<c>resourceLogs</c>), and the logging exporters of some languages
/// (<c>resource</c> and <c>scopeLogs</c>). Each record of a line is an event, with its part of the line as <c>raw</c>.
/// </summary>
static class OtlpFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "otlp",
        "logs in OpenTelemetry's OTLP as JSON, as its collector writes them to files; a line holds many records",
        """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"scopeLogs":[{"scope":{"name":"shop.Orders"},"logRecords":[{"timeUnixNano":"1795341600123456789","severityNumber":13,"severityText":"Warning","body":{"stringValue":"order 17 came twice"},"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}]}]}]}""",
        Bind);

    static FormatBinding Bind(FormatInput input) => new()
    {
        Format = "otlp",
        Fields = OtlpField.All,
        Columns = OtlpField.Columns(),
        CreateParser = () => new OtlpParser(),

        // What both ways of writing have: resourceLogs and scopeLogs.
        Marks = ["Logs\""u8.ToArray()],
        Raw = new RawTable.None("a line holds many records"),
    };
}
