using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Formats;

/// <summary>
/// One JSON object a line, flat or nested: the values of the usual names become event columns, everything else goes to
/// <c>attributes</c>. A time that cannot be read makes the line a reject; any other value that is not of its column's kind is an attribute.
/// </summary>
static class JsonFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "json",
        "structured logs of applications, proxies and cloud services, one JSON object a line",
        """{"timestamp":"2026-11-22T10:00:00.123Z","level":"error","service":"orders","method":"GET","path":"/orders/17","status":500,"duration_ms":12.5,"message":"timed out"}""",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var plan = JsonNames.Plan(input);
        return JsonNames.Bind(
            "json",
            input,
            () => new JsonLineParser(plan, new LocalZone(input.TimeZone)),
            new RawTable.None("which keys the columns come from is told from each line"));
    }
}
