using System.Net;
using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Formats;

/// <summary>
/// nginx's error log: <c>yyyy/MM/dd HH:mm:ss [level] pid#tid: *connection message, client: …, server: …, request: "…", upstream: "…", host: "…", referrer: "…"</c>, as its
/// ngx_http_log_error_handler puts it together. A message may have several lines.
/// </summary>
static class NginxErrorFormat
{
    const int Time = 0;
    const int Level = 1;
    const int Pid = 2;
    const int Tid = 3;
    const int Connection = 4;
    const int Message = 5;
    const int FirstContext = 6;

    static readonly string[] Levels = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"];

    // In the order in which nginx writes them.
    static readonly string[] Context = ["client", "login", "server", "request", "subrequest", "upstream", "host", "referrer"];
    static readonly byte[][] Keys = [.. Context.Select(name => System.Text.Encoding.ASCII.GetBytes($", {name}: "))];

    static readonly FormatField[] Fields =
    [
        new("time", ColumnType.Timestamp, "local time of the event"),
        new("severity", ColumnType.Text, "the level as written"),
        new("pid", ColumnType.Integer, "the process"),
        new("tid", ColumnType.Integer, "the thread"),
        new("connection", ColumnType.Integer, "the connection's serial number"),
        new("text", ColumnType.Text, "the message, up to the client"),
        new("client", ColumnType.Text, "the client's address"),
        new("login", ColumnType.Text, "the user of a mail proxy"),
        new("server", ColumnType.Text, "the server block's name"),
        new("request", ColumnType.Text, "the request line"),
        new("subrequest", ColumnType.Text, "the target of the subrequest"),
        new("upstream", ColumnType.Text, "the URL asked of the upstream"),
        new("request_host", ColumnType.Text, "the Host header"),
        new("referer", ColumnType.Text, "the page that led here"),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "nginx-error",
        "nginx's error log",
        "2026/11/22 10:00:00 [error] 31#31: *1 open() \"/srv/www/missing\" failed (2: No such file or directory), client: 203.0.113.7, server: shop.example, request: \"GET /missing HTTP/1.1\", host: \"shop.example\"",
        input => new()
        {
            Format = "nginx-error",
            Fields = Fields,
            Columns = new ColumnMap
            {
                [EventColumn.Timestamp] = ColumnSource.From(Time),
                [EventColumn.Level] = new(ColumnSourceKind.Severity, Level),
                [EventColumn.Message] = ColumnSource.From(Message),
                [EventColumn.ClientIp] = ColumnSource.From(FirstContext),
                [EventColumn.User] = ColumnSource.From(FirstContext + 1),
                [EventColumn.Host] = new(ColumnSourceKind.AddressWithoutPort, FirstContext + 6),
                [EventColumn.Referrer] = ColumnSource.From(FirstContext + 7),
            }.WithRequest(FirstContext + 3),
            CreateParser = () => new Parser(new LocalZone(input.TimeZone)),
            JoinsLines = true,
            Raw = new RawTable.None("an event may have several lines, which those engines read apart"),
        });

    sealed class Parser(LocalZone zone) : LineParser(NginxErrorFormat.Fields.Length)
    {
        const int TimeLength = 19;

        /// <summary>A line of the log has the time and the level's bracket in fixed places.</summary>
        public override bool StartsEvent(ReadOnlySpan<byte> line) =>
            line.Length > TimeLength + 2 && line[4] == '/' && line[7] == '/' && line[10] == ' ' && line[13] == ':' && line[16] == ':' && line[TimeLength] == ' ' && line[TimeLength + 1] == '[';

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            var values = Fields.Values.AsSpan();
            values.Clear();
            if (!StartsEvent(line) || !TimeText.TryReadIso(line[..TimeLength], zone, out var micros, out var length) || length != TimeLength)
            {
                return Fields.Reject("the line does not begin with a time like 2026/11/22 10:00:00", 0);
            }

            values[Time] = FieldValue.Of(micros, 0, TimeLength);
            var cursor = new LineCursor(line, TimeLength + 2);
            if (!cursor.TryTakeUntil("] "u8, out values[Level]) || !IsLevel(line.Slice(values[Level].Start, values[Level].Length)))
            {
                return Fields.Reject("there is no level of nginx behind the time", TimeLength + 1);
            }

            if (!cursor.TryTakeNumber((byte)'#', 1, out values[Pid]) || !cursor.TryTakeNumber((byte)':', 1, out values[Tid]) || !cursor.TryTake(" "u8))
            {
                return Fields.Reject("there are no process and thread behind the level", cursor.Position);
            }

            if (cursor.TryTake("*"u8) && !cursor.TryTakeNumber((byte)' ', 1, out values[Connection]))
            {
                cursor.Position--;
            }

            TakeMessage(line, cursor.Position);
            return LineOutcome.Event;
        }

        static bool IsLevel(ReadOnlySpan<byte> text)
        {
            foreach (var level in Levels)
            {
                if (System.Text.Ascii.Equals(text, level))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The message goes up to the first <c>, client: </c> that an address follows: names of files in it may hold anything.</summary>
        void TakeMessage(ReadOnlySpan<byte> line, int start)
        {
            var at = start;
            while (line[at..].IndexOf(Keys[0]) is var found and >= 0)
            {
                at += found;
                var client = line[(at + Keys[0].Length)..];
                var end = client.IndexOf((byte)',');
                client = end < 0 ? client : client[..end];
                if (IPAddress.IsValidUtf8(client) || client.StartsWith("unix:"u8))
                {
                    break;
                }

                at += Keys[0].Length;
            }

            var hasClient = line[at..].StartsWith(Keys[0]);
            var message = hasClient ? at : line.Length;
            Fields.Values[Message] = message == start ? default : FieldValue.Text(start, message - start);
            if (hasClient)
            {
                TakeContext(line, at);
            }
        }

        void TakeContext(ReadOnlySpan<byte> line, int at)
        {
            for (var key = 0; key < Keys.Length; key++)
            {
                if (!line[at..].StartsWith(Keys[key]))
                {
                    continue;
                }

                var start = at + Keys[key].Length;
                var isQuoted = start < line.Length && line[start] == '"';
                start += isQuoted ? 1 : 0;
                var end = EndOfValue(line, start, isQuoted, key + 1);
                Fields.Values[FirstContext + key] = end == start ? default : FieldValue.Text(start, end - start);
                at = Math.Min(end + (isQuoted ? 1 : 0), line.Length);
            }
        }

        /// <summary>A value ends where one of the keys follows that may come behind it, or with the line; nginx escapes nothing in it.</summary>
        static int EndOfValue(ReadOnlySpan<byte> line, int start, bool isQuoted, int nextKey)
        {
            for (var at = start; at < line.Length; at++)
            {
                var found = line[at..].IndexOf(isQuoted ? (byte)'"' : (byte)',');
                if (found < 0)
                {
                    break;
                }

                at += found;
                var rest = isQuoted ? line[(at + 1)..] : line[at..];
                if (rest.IsEmpty || BeginsKey(rest, nextKey))
                {
                    return at;
                }
            }

            return line.Length;
        }

        static bool BeginsKey(ReadOnlySpan<byte> text, int key)
        {
            for (; key < Keys.Length; key++)
            {
                if (text.StartsWith(Keys[key]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
