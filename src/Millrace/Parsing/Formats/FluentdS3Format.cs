using Millrace.Events;
using Millrace.Parsing.Inner;

namespace Millrace.Parsing.Formats;

/// <summary>
/// What Fluentd's file and S3 outputs write by default: <c>time⇥tag⇥{record}</c>, with a space or a comma where they were told so. The record is read as
/// <c>json</c> is; the event's time is the record's own, or else Fluentd's. A Fluentd told to write <c>@type json</c> gives plain <c>json</c>.
/// </summary>
static class FluentdS3Format
{
    const int Time = 0;
    const int Tag = 1;

    static readonly FormatField[] Prefix =
    [
        new("fluentd_time", ColumnType.Timestamp, "when Fluentd took the record in, or the record's time if it was told so"),
        new("tag", ColumnType.Text, "Fluentd's tag"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "fluentd-s3",
        "records as Fluentd's S3 and file outputs write them: a time, a tag and a JSON object",
        "2026-11-22T10:00:00+00:00\tshop.orders\t{\"level\":\"warn\",\"message\":\"order 17 came twice\"}",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var json = JsonFormat.Format.Bind(input)!;
        var inner = new InnerFormat(Prefix, json);
        return new()
        {
            Format = "fluentd-s3",
            Fields = inner.Fields,
            Columns = inner.Columns(Time),
            CreateParser = () => new Parser(json.CreateParser(), inner.Time, new LocalZone(input.TimeZone)),
            Service = json.Service,
            Caller = json.Caller,
            Raw = new RawTable.None("which keys the columns come from is told from each record"),
        };
    }

    sealed class Parser(LineParser json, int innerTime, LocalZone zone) : InnerLineParser(json, Prefix.Length, Time, innerTime)
    {
        protected override LineOutcome ReadPrefix(ReadOnlySpan<byte> line, out int start)
        {
            start = 0;
            if (!TimeText.TryReadIso(line, zone, out var micros, out var timeLength) || timeLength == line.Length || line[timeLength] is not ((byte)'\t' or (byte)' ' or (byte)','))
            {
                return Fields.Reject("the line does not begin with a time and a tag", 0);
            }

            var delimiter = line[timeLength];
            var tag = timeLength + 1;
            var tagLength = line[tag..].IndexOf(delimiter);
            if (tagLength <= 0)
            {
                return Fields.Reject("the line ends before its tag does", tag);
            }

            start = tag + tagLength + 1;
            Fields.Values[Time] = FieldValue.Of(micros, 0, timeLength);
            Fields.Values[Tag] = FieldValue.Text(tag, tagLength);
            return LineOutcome.Event;
        }

        protected override LineOutcome Reject(ReadOnlySpan<byte> line, int start, LineFields rest) => start < line.Length
            ? Fields.Reject(rest.RejectReason!, start + rest.RejectPosition)
            : Fields.Reject("there is no record behind the tag", start);
    }
}
