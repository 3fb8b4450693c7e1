using Millrace.Events;
using Millrace.Parsing.Json;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>Metrics of components as JSON, one measurement a line, alone or as the <c>data</c> of a stream's record.</summary>
static class MetricEventsFormat
{
    static readonly JsonShape Shape = new(
        new("publicationTimestamp", "timestamp", AnyTime, EventColumn.Timestamp, Meaning: "when it was measured") { IsRequired = true },
        new("componentName", "service", Column: EventColumn.Service, Meaning: "the component") { IsRequired = true },
        new("metricName", "metric_name", Meaning: "what was measured") { IsRequired = true },
        new("value", "value", Real, Meaning: "the measurement") { IsRequired = true },
        new("unit", "unit", Meaning: "the unit of the value"))
    {
        MayBeWrapped = true,
    };

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "metric-events",
        "metrics of components as JSON, one measurement a line, also inside the records of a stream",
        """{"componentName":"user-service","metricName":"cpu","unit":"percent","value":24.37,"publicationTimestamp":"2020-01-01T12:45:54Z"}""",
        input => Shape.Bind("metric-events", input));
}
