using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Formats;

/// <summary>Metrics of components as JSON, one measurement a line, alone or as the <c>data</c> of a stream's record.</summary>
public static class MetricEventsFormat
{
    static readonly FormatField[] Fields =
    [
        new("timestamp", ColumnType.Timestamp, "when it was measured"),
        new("service", ColumnType.Text, "the component"),
        new("metric_name", ColumnType.Text, "what was measured"),
        new("value", ColumnType.Real, "the measurement"),
        new("unit", ColumnType.Text, "the unit of the value"),
    ];

    static readonly string[] Keys = ["publicationTimestamp", "componentName", "metricName", "value", "unit"];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "metric-events",
        "metrics of components as JSON, one measurement a line, also inside the records of a stream",
        """{"componentName":"user-service","metricName":"cpu","unit":"percent","value":24.37,"publicationTimestamp":"2020-01-01T12:45:54Z"}""",
        Bind);

    static FormatBinding Bind(FormatInput input) => new()
    {
        Format = "metric-events",
        Fields = Fields,
        Columns = new ColumnMap { [EventColumn.Timestamp] = ColumnSource.From(0), [EventColumn.Service] = ColumnSource.From(1) },
        CreateParser = () => new Parser(new LocalZone(input.TimeZone)),
        Service = ServiceRule.Parse("field:service"),
        Raw = new RawTable.Json(
        [
            new(0, "publication_timestamp", RawValue.IsoTime) { Path = ["publicationTimestamp"] },
            new(1, "component_name", RawValue.Text) { Path = ["componentName"] },
            new(2, "metric_name", RawValue.Text) { Path = ["metricName"] },
            new(3, "value", RawValue.Real) { Path = ["value"] },
            new(4, "unit", RawValue.Text) { Path = ["unit"] },
        ]),
    };

    sealed class Parser : LineParser
    {
        readonly JsonLine _line;
        readonly LocalZone _zone;

        public Parser(LocalZone zone)
            : base(MetricEventsFormat.Fields.Length)
        {
            // Keys and fields have the same numbers; one path more leads to the objects in the records of a stream.
            var paths = new JsonPaths();
            foreach (var key in Keys)
            {
                paths.Add(FieldNames.Plain(key));
            }

            paths.Add("data");
            _line = new(paths);
            _zone = zone;
        }

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            Fields.Attributes.Clear();
            Fields.Values.AsSpan().Clear();
            if (!_line.TryRead(line))
            {
                return Fields.Reject(_line.Error, _line.ErrorPosition);
            }

            Unwrap(line);
            foreach (ref readonly var finding in _line.Findings)
            {
                if (finding.Path < Keys.Length && finding.Member >= 0 && !TryRead(line, finding))
                {
                    return Fields.Reject("the time or the value of the metric is not well-formed", finding.Value.Start);
                }
            }

            // The unit alone may be missing.
            var isMetric = Fields.Values[0].HasValue && Fields.Values[1].HasValue && Fields.Values[2].HasValue && Fields.Values[3].HasValue;
            if (!isMetric)
            {
                return Fields.Reject("the line does not name a component, a metric, a value and a time", 0);
            }

            AddAttributes();
            return LineOutcome.Event;
        }

        void Unwrap(ReadOnlySpan<byte> line)
        {
            foreach (ref readonly var finding in _line.Findings)
            {
                if (finding.Path == Keys.Length && finding.Member >= 0 && finding.Value.Kind == JsonKind.Object)
                {
                    _line.Members[finding.Member].IsUsed = true;
                    _line.Unwrap(line, finding.Value.Start);
                    return;
                }
            }
        }

        bool TryRead(ReadOnlySpan<byte> line, in JsonFinding finding)
        {
            ref var field = ref Fields.Values[finding.Path];
            var value = finding.Value;
            var text = value.TextIn(line);
            field = value.AsText();
            _line.Members[finding.Member].IsUsed = true;
            switch (MetricEventsFormat.Fields[finding.Path].Type)
            {
                case ColumnType.Timestamp:
                    return TimeText.TryReadAny(text, _zone, out field.Number);
                case ColumnType.Real:
                    var isRead = value.Kind == JsonKind.Number & Utf8Parser.TryParse(text, out double number, out _);
                    field.Number = BitConverter.DoubleToInt64Bits(number);
                    return isRead;
                default:
                    return value.Kind == JsonKind.String;
            }
        }

        void AddAttributes()
        {
            foreach (ref readonly var member in _line.Members)
            {
                if (!member.IsUsed)
                {
                    Fields.Attributes.Add(member.Key, member.Value.AsJson());
                }
            }
        }
    }
}
