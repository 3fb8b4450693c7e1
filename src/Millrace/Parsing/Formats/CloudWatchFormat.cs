using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// What a subscription of CloudWatch Logs delivers, as its user guide describes it: documents with the events of one log stream, <c>{"messageType":"DATA_MESSAGE", …,"logEvents":[…]}</c>, which
/// Firehose writes one behind the other without line breaks. Control messages are no events. The last part of the log group's name is the service.
/// </summary>
static class CloudWatchFormat
{
    static readonly string[] Envelope = ["messageType", "logGroup", "logStream", "owner"];

    static readonly FormatField[] EnvelopeFields =
    [
        new("message_type", ColumnType.Text, "DATA_MESSAGE"),
        new("log_group", ColumnType.Text, "the log group"),
        new("log_stream", ColumnType.Text, "the log stream"),
        new("owner", ColumnType.Text, "the account of the log group"),
    ];

    static readonly JsonShape Shape = new(
        new("timestamp", "timestamp", EpochTime, Timestamp, Unit: DurationUnit.Milliseconds, Meaning: "when it happened") { IsRequired = true },
        new("message", "message", TextLine, Message, Meaning: "the text, without a line break at its end") { IsRequired = true },
        new("id", "id", Meaning: "CloudWatch's id of the event") { IsRequired = true });

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cloudwatch",
        "subscriptions of AWS CloudWatch Logs, also as Firehose writes them",
        """{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/orders","logStream":"2026/11/22/[$LATEST]0a1b","subscriptionFilters":["all"],"logEvents":[{"id":"37193210","timestamp":1795341600123,"message":"order 17 came twice\n"}]}""",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var records = Shape.Bind("cloudwatch", input);
        var columns = new ColumnMap();
        foreach (var column in Enum.GetValues<EventColumn>())
        {
            var source = records.Columns[column];
            columns[column] = source.Field < 0 ? source : source with { Field = source.Field + Envelope.Length };
        }

        var binding = new FormatBinding()
        {
            Format = "cloudwatch",
            Fields = [.. EnvelopeFields, .. records.Fields],
            Columns = columns,
            CreateParser = () => new Parser(records.CreateParser()),
            Marks = [.. Envelope.Select(System.Text.Encoding.UTF8.GetBytes)],
            Raw = new RawTable.None("a line holds many records"),
        };
        return binding.WithPiece(Service, ColumnSourceKind.LastSlashed, "log_group");
    }

    sealed class Parser(LineParser records) : JsonRecordsParser(records, "logEvents", Envelope, required: Envelope.Length, "the line is no document of a log subscription")
    {
        protected override bool IsSkipped(ReadOnlySpan<byte> line, ReadOnlySpan<FieldValue> values) =>
            !line.Slice(values[0].Start, values[0].Length).SequenceEqual("DATA_MESSAGE"u8);
    }
}
