using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Squid's native <c>access.log</c>: <c>%ts.%03tu %6tr %&gt;a %Ss/%03&gt;Hs %&lt;st %rm %ru %[un %Sh/%&lt;a %mt</c>. What is added behind the type is accepted. A status
/// <c>000</c>, of a client that closed first, is 0.
/// </summary>
static class SquidFormat
{
    static readonly FormatField[] Fields =
    [
        new("time", ColumnType.Timestamp, "when the request ended"),
        new("elapsed", ColumnType.Integer, "how long the request took, in microseconds"),
        new("client", ColumnType.Text, "the client's address or name"),
        new("result", ColumnType.Text, "what the cache did, such as TCP_MISS"),
        new("status", ColumnType.Integer, "the response's status, 0 where the client closed first"),
        new("bytes", ColumnType.Integer, "bytes sent, with the header"),
        new("method", ColumnType.Text, "the request's method"),
        new("url", ColumnType.Text, "the URL asked for"),
        new("user", ColumnType.Text, "the authenticated user"),
        new("hierarchy", ColumnType.Text, "how the object was found, such as HIER_DIRECT"),
        new("peer", ColumnType.Text, "the server it came from"),
        new("type", ColumnType.Text, "the response's type"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "squid",
        "Squid's native access log",
        "1795341600.123     15 203.0.113.7 TCP_MISS/200 5316 GET http://shop.example/orders/17 - HIER_DIRECT/198.51.100.8 text/html",
        _ => new()
        {
            Format = "squid",
            Fields = Fields,
            Columns = new ColumnMap
            {
                [EventColumn.Timestamp] = ColumnSource.From(0),
                [EventColumn.DurationUs] = ColumnSource.From(1),
                [EventColumn.ClientIp] = ColumnSource.From(2),
                [EventColumn.Status] = ColumnSource.From(4),
                [EventColumn.Bytes] = ColumnSource.From(5),
                [EventColumn.Method] = ColumnSource.From(6),
                [EventColumn.User] = ColumnSource.From(8),
                [EventColumn.Host] = new(ColumnSourceKind.UrlHost, 7),
            }.WithUrl(7),
            CreateParser = () => new Parser(),
            Raw = new RawTable.Regex(
                """^([0-9]{1,11}\.[0-9]+) +(-?[0-9]+) ([^ ]+) ([^ /]+)/([0-9]{3}) (-|[0-9]+) ([^ ]+) ([^ ]+) ([^ ]+) ([^ /]+)/([^ ]+) ([^ ]+)(?: .*)?$""",
                [.. Fields.Select((field, index) => new RawField(index, field.Name, index switch { 0 => RawValue.EpochTime, 1 => RawValue.Milliseconds, 4 or 5 => RawValue.Integer, _ => RawValue.Text }))]),
        });

    sealed class Parser() : LineParser(SquidFormat.Fields.Length)
    {
        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            var cursor = new LineCursor(line);
            var values = Fields.Values.AsSpan();
            values.Clear();
            if (!cursor.TryTakeWord(out values[0]) || !values[0].HasValue || !IsTime(line.Slice(values[0].Start, values[0].Length), out values[0].Number))
            {
                return Fields.Reject("time is not seconds since 1970 with milliseconds", 0);
            }

            cursor.SkipSpaces();
            if (!cursor.TryTakeNumber((byte)' ', 1_000, out values[1]))
            {
                return Fields.Reject("elapsed is not a number", cursor.Position);
            }

            if (!cursor.TryTakeWord(out values[2]) || !cursor.TryTakeUntil((byte)'/', out values[3]) || !values[3].HasValue || line.Slice(values[3].Start, values[3].Length).Contains((byte)' '))
            {
                return Fields.Reject("the line ends before the result and the status do", cursor.Position);
            }

            if (!cursor.TryTakeNumber((byte)' ', 1, out values[4]) || values[4].Length != 3)
            {
                return Fields.Reject("status is not a status of three digits", cursor.Position);
            }

            if (!cursor.TryTakeNumber((byte)' ', 1, out values[5]))
            {
                return Fields.Reject("bytes is not a number", cursor.Position);
            }

            var isWhole = cursor.TryTakeWord(out values[6]) & cursor.TryTakeWord(out values[7]) & cursor.TryTakeWord(out values[8])
                & cursor.TryTakeUntil((byte)'/', out values[9]) & cursor.TryTakeWord(out values[10]) & cursor.TryTakeWord(out values[11]);
            return isWhole && !line.Slice(values[9].Start, values[9].Length).Contains((byte)' ')
                ? LineOutcome.Event
                : Fields.Reject("the line ends before the type does", cursor.Position);
        }

        static bool IsTime(ReadOnlySpan<byte> text, out long micros) => TimeText.TryReadEpoch(text, out micros) && text.IndexOf((byte)'.') is > 0 and <= 11;
    }
}
