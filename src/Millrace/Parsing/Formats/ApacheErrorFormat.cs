using System.Buffers.Text;
using System.Net;
using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Apache's error log, of 2.2 (<c>[time] [level] [client address] message</c>) and of 2.4 (<c>[time] [module:level] [pid n:tid n] cause: [client address:port] AH00000: message</c>;
/// core.html#errorlogformat). What modules write without a time continues the event above.
/// </summary>
static class ApacheErrorFormat
{
    const int Time = 0;
    const int Module = 1;
    const int Level = 2;
    const int Pid = 3;
    const int Tid = 4;
    const int Cause = 5;
    const int Client = 6;
    const int ClientPort = 7;
    const int Code = 8;
    const int Message = 9;
    const int Referer = 10;

    static readonly string[] Levels = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"];

    static readonly FormatField[] Fields =
    [
        new("time", ColumnType.Timestamp, "local time of the event"),
        new("module", ColumnType.Text, "the module that writes"),
        new("severity", ColumnType.Text, "the level as written"),
        new("pid", ColumnType.Integer, "the process"),
        new("tid", ColumnType.Integer, "the thread"),
        new("cause", ColumnType.Text, "what stands before the client: the system's error, or the place in the source"),
        new("client", ColumnType.Text, "the client's address"),
        new("client_port", ColumnType.Integer, "the client's port"),
        new("code", ColumnType.Text, "Apache's code of the message, such as AH01075"),
        new("text", ColumnType.Text, "the message"),
        new("referer", ColumnType.Text, "the page that led here"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "apache-error",
        "the error log of Apache 2.2 and 2.4",
        "[Sun Nov 22 10:00:00.123456 2026] [authz_core:error] [pid 812:tid 140169587934976] [client 203.0.113.7:59307] AH01630: client denied by server configuration: /srv/www/private",
        input => new()
        {
            Format = "apache-error",
            Fields = Fields,
            Columns = new ColumnMap
            {
                [EventColumn.Timestamp] = ColumnSource.From(Time),
                [EventColumn.Logger] = ColumnSource.From(Module),
                [EventColumn.Level] = new(ColumnSourceKind.Severity, Level),
                [EventColumn.ClientIp] = ColumnSource.From(Client),
                [EventColumn.Message] = ColumnSource.From(Message),
                [EventColumn.Referrer] = ColumnSource.From(Referer),
            },
            CreateParser = () => new Parser(new LocalZone(input.TimeZone)),
            JoinsLines = true,
            Raw = new RawTable.None("an event may have several lines, which those engines read apart"),
        });

    sealed class Parser(LocalZone zone) : LineParser(ApacheErrorFormat.Fields.Length)
    {
        /// <summary>A line of the log begins with a time in brackets and a level in brackets.</summary>
        public override bool StartsEvent(ReadOnlySpan<byte> line)
        {
            var close = line.Length > 0 && line[0] == '[' ? line.IndexOf("] ["u8) : -1;
            return close is >= 20 and < 48 && TryReadTime(line[1..close], out _);
        }

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            var values = Fields.Values.AsSpan();
            values.Clear();
            var cursor = new LineCursor(line);
            if (!cursor.TryTake("["u8) || !cursor.TryTakeUntil("] ["u8, out values[Time]) || !TryReadTime(line.Slice(values[Time].Start, values[Time].Length), out values[Time].Number))
            {
                return Fields.Reject("the line does not begin with a time like [Sun Nov 22 10:00:00 2026]", 0);
            }

            if (!cursor.TryTakeUntil((byte)']', out values[Level]) || !TryTakeLevel(line))
            {
                return Fields.Reject("there is no level of Apache behind the time", cursor.Position);
            }

            cursor.TryTake(" "u8);
            if (cursor.TryTake("[pid "u8) && !TryTakeProcess(line, ref cursor))
            {
                return Fields.Reject("there is no number of a process behind [pid", cursor.Position);
            }

            TakeClient(line, ref cursor);
            TakeMessage(line, cursor.Position);
            return LineOutcome.Event;
        }

        bool TryReadTime(ReadOnlySpan<byte> text, out long micros) =>
            (TimeText.TryReadAsctime(text, zone, out micros, out var length) && length == text.Length)
            || (TimeText.TryReadClf(text, zone, out micros, out length) && length == text.Length)
            || (TimeText.TryReadIso(text, zone, out micros, out length) && length == text.Length);

        bool TryTakeLevel(ReadOnlySpan<byte> line)
        {
            ref var level = ref Fields.Values[Level];
            var text = line.Slice(level.Start, level.Length);
            var colon = text.LastIndexOf((byte)':');
            if (colon > 0)
            {
                Fields.Values[Module] = FieldValue.Text(level.Start, colon);
            }

            level = FieldValue.Text(level.Start + colon + 1, level.Length - colon - 1);
            text = text[(colon + 1)..];
            foreach (var name in Levels)
            {
                if (System.Text.Ascii.Equals(text, name))
                {
                    return true;
                }
            }

            // trace1 to trace8, of 2.4: without its digit, so that it is a severity.
            var isTrace = text.Length == 6 && text.StartsWith("trace"u8) && text[5] is >= (byte)'1' and <= (byte)'8';
            level.Length -= isTrace ? 1 : 0;
            return isTrace;
        }

        bool TryTakeProcess(ReadOnlySpan<byte> line, ref LineCursor cursor)
        {
            var close = cursor.Rest.IndexOf((byte)']');
            var hasThread = close > 0 && cursor.Rest[..close].IndexOf(":tid "u8) > 0;
            if (!cursor.TryTakeNumber(hasThread ? (byte)':' : (byte)']', 1, out Fields.Values[Pid])
                || (hasThread && (!cursor.TryTake("tid "u8) || !cursor.TryTakeNumber((byte)']', 1, out Fields.Values[Tid]))))
            {
                return false;
            }

            cursor.TryTake(" "u8);
            return true;
        }

        /// <summary>The client may stand behind a cause, <c>(70008)Partial results: [client …]</c>, which is not the message then.</summary>
        void TakeClient(ReadOnlySpan<byte> line, ref LineCursor cursor)
        {
            var open = cursor.Rest.IndexOf("[client "u8);
            if (open < 0 || (open > 0 && !cursor.Rest[..open].EndsWith(": "u8)))
            {
                return;
            }

            var start = cursor.Position + open + "[client "u8.Length;
            var length = line[start..].IndexOf((byte)']');
            if (length <= 0 || !TryTakeAddress(line, start, length))
            {
                return;
            }

            Fields.Values[Cause] = open == 0 ? default : FieldValue.Text(cursor.Position, open - ": "u8.Length);
            cursor.Position = start + length + 1;
            cursor.TryTake(" "u8);
        }

        /// <summary>2.4 writes a port behind every address, and no brackets around one of IPv6; 2.2 writes none.</summary>
        bool TryTakeAddress(ReadOnlySpan<byte> line, int start, int length)
        {
            var text = line.Slice(start, length);
            var colon = text.LastIndexOf((byte)':');
            var mayHavePort = colon > 0 && (Fields.Values[Pid].HasValue || text.IndexOf((byte)':') == colon);
            ushort port = 0;
            var hasPort = mayHavePort && Utf8Parser.TryParse(text[(colon + 1)..], out port, out var used) && used == length - colon - 1;
            text = hasPort ? text[..colon] : text;
            if (text.Contains((byte)' ') || (text.Contains((byte)':') && !IPAddress.IsValidUtf8(text)))
            {
                return false;
            }

            Fields.Values[Client] = FieldValue.Text(start, text.Length);
            Fields.Values[ClientPort] = hasPort ? FieldValue.Of(port, start + colon + 1, length - colon - 1) : default;
            return true;
        }

        void TakeMessage(ReadOnlySpan<byte> line, int start)
        {
            var end = line.Length;
            var referer = line[start..].LastIndexOf(", referer: "u8);
            if (referer >= 0)
            {
                var url = start + referer + ", referer: "u8.Length;
                Fields.Values[Referer] = url == end ? default : FieldValue.Text(url, end - url);
                end = start + referer;
            }

            if (line[start..end] is [(byte)'A', (byte)'H', _, _, _, _, _, (byte)':', ..] text && text[2..7].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                Fields.Values[Code] = FieldValue.Text(start, 7);
            }

            Fields.Values[Message] = end == start ? default : FieldValue.Text(start, end - start);
        }
    }
}
