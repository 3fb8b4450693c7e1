using Millrace.Events;
using Millrace.Parsing.Layouts;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>What CloudWatch Logs exports to S3: a time to the millisecond, in UTC, and the message. A message of several lines goes on in lines without a time.</summary>
static class CloudWatchExportFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => LineLayout.Compile(
    [
        new LayoutPiece.Field("timestamp", IsoTime, Timestamp, Meaning: "when it happened"),
        new LayoutPiece.Literal("Z "),
        new LayoutPiece.Field("message", Text, Message, Meaning: "the text"),
    ]));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cloudwatch-export",
        "exports of AWS CloudWatch Logs to S3: a time and the message",
        "2026-11-22T10:00:00.123Z order 17 came twice",
        Bind)
    {
        // Application logs begin with such times too, and say more to the format that knows them.
        CanBeDetected = false,
    };

    static FormatBinding Bind(FormatInput input)
    {
        var layout = Layout.Value.BindUtc("cloudwatch-export", input);
        return new()
        {
            Format = layout.Format,
            Fields = layout.Fields,
            Columns = layout.Columns,
            CreateParser = () => new Parser(layout.CreateParser()),
            JoinsLines = true,
            Raw = new RawTable.None("an event may have several lines"),
        };
    }

    sealed class Parser(LineParser layout) : LineParser(layout.Fields.Values.Length)
    {
        const int TimeLength = 24;

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            Fields.Values.AsSpan().Clear();
            if (layout.Parse(line) == LineOutcome.Reject)
            {
                return Fields.Reject(layout.Fields.RejectReason!, layout.Fields.RejectPosition);
            }

            layout.Fields.Values.CopyTo(Fields.Values, 0);
            return LineOutcome.Event;
        }

        public override bool StartsEvent(ReadOnlySpan<byte> line) =>
            line.Length > TimeLength && line[4] == '-' && line[10] == 'T' && line[19] == '.' && line[TimeLength - 1] == 'Z' && line[TimeLength] == ' ' && char.IsAsciiDigit((char)line[0]);
    }
}
