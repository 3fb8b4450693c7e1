using Millrace.Events;
using Millrace.Parsing.Inner;

namespace Millrace.Parsing.Formats;

/// <summary>
/// What containerd and CRI-O write of a container's output, <c>/var/log/pods/…/0.log</c>: a time, the stream, tags (F for a whole line, P for a part of one), and
/// the text. The format of the text may be given after a colon, <c>cri:json</c>; text that is not of it is a message all the same.
/// </summary>
/// <remarks>
/// Whether a line goes on where the one above it ended shows only from the one above, and the streams are mixed, so parts are not joined: each is an event, which
/// <c>is_partial</c> tells from whole lines.
/// </remarks>
static class CriFormat
{
    const int Time = 0;
    const int Stream = 1;
    const int IsPartial = 2;

    static readonly FormatField[] Prefix =
    [
        new("cri_time", ColumnType.Timestamp, "when the runtime received the line"),
        new("stream", ColumnType.Text, "stdout or stderr"),
        new("is_partial", ColumnType.Boolean, "true for a part of a line that goes on in a later one"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cri",
        "containers under Kubernetes, as containerd and CRI-O write their output; the format of the text may be given after a colon, cri:json",
        "2026-11-22T10:00:00.123456789Z stderr F order 17 came twice",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var text = input.Layout is null ? TextFormat.Format.Bind(input)! : BindInner(input, input.Layout);
        var inner = new InnerFormat(Prefix, text);
        var columns = inner.Columns(Time);
        var message = columns[EventColumn.Message] is { Kind: ColumnSourceKind.Field } source ? source.Field : -1;
        return new()
        {
            Format = "cri",
            Fields = inner.Fields,
            Columns = columns,
            CreateParser = () => new Parser(text.CreateParser(), inner.Time, message, new LocalZone(input.TimeZone)),
            Service = text.Service,
            Caller = text.Caller,
            Raw = input.Layout is null
                ? new RawTable.Regex(
                    "^([-0-9T:.,/+Zz_t]+) (stdout|stderr) ([FP])(?::[^ ]*)?(?: (.*))?$",
                    [new(Time, "time", RawValue.IsoTime), new(Stream, "stream", RawValue.Text), new(IsPartial, "tag", RawValue.Text), new(Prefix.Length, "message", RawValue.Text)])
                : new RawTable.None("the text is of another format"),
        };
    }

    static FormatBinding BindInner(FormatInput input, string layout)
    {
        var (name, innerLayout) = LogFormats.Parse(layout);
        return LogFormats.Find(name).Bind(input with { Layout = innerLayout, Head = default })
            ?? throw new UserException($"The text of cri lines cannot be of the format '{name}', which needs the head of a file.", UserException.Usage);
    }

    sealed class Parser(LineParser text, int innerTime, int message, LocalZone zone) : InnerLineParser(text, Prefix.Length, Time, innerTime)
    {
        protected override LineOutcome ReadPrefix(ReadOnlySpan<byte> line, out int start)
        {
            start = 0;
            if (!TimeText.TryReadIso(line, zone, out var micros, out var at))
            {
                return Fields.Reject("the line does not begin with a time", 0);
            }

            var rest = line[at..];
            if (!rest.StartsWith(" stdout "u8) && !rest.StartsWith(" stderr "u8))
            {
                return Fields.Reject("the stream is neither stdout nor stderr", at);
            }

            var tags = at + " stdout ".Length;
            var length = line[tags..].IndexOf((byte)' ');
            length = length < 0 ? line.Length - tags : length;
            if (length == 0 || line[tags] is not ((byte)'F' or (byte)'P') || (length > 1 && line[tags + 1] != ':'))
            {
                return Fields.Reject("the tag is neither F nor P", tags);
            }

            start = Math.Min(tags + length + 1, line.Length);
            Fields.Values[Time] = FieldValue.Of(micros, 0, at);
            Fields.Values[Stream] = FieldValue.Text(at + 1, "stdout".Length);
            Fields.Values[IsPartial] = FieldValue.Of(line[tags] == 'P' ? 1 : 0, tags, 1);
            return LineOutcome.Event;
        }

        protected override LineOutcome Reject(ReadOnlySpan<byte> line, int start, LineFields rest)
        {
            if (message >= 0 && start < line.Length)
            {
                Fields.Values[message] = FieldValue.Text(start, line.Length - start);
            }

            SetTime();
            return LineOutcome.Event;
        }
    }
}
