using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Haproxy;

/// <summary>Parses HAProxy's lines. The kind of a line shows behind the frontend: a colon means a failed connection, five timers HTTP, three timers TCP.</summary>
sealed class HaproxyParser(int fieldCount, LocalZone zone) : LineParser(fieldCount)
{
    public const int AcceptDate = 0;
    public const int Process = 1;
    public const int Client = 2;
    public const int ClientPort = 3;
    public const int Frontend = 4;
    public const int Backend = 5;
    public const int Server = 6;
    public const int Timers = 7;
    public const int Total = 11;
    public const int Status = 12;
    public const int Bytes = 13;
    public const int Cookies = 14;
    public const int Termination = 16;
    public const int Connections = 17;
    public const int Queues = 22;
    public const int Headers = 24;
    public const int Request = 26;
    public const int Error = 27;

    const long MicrosPerMilli = 1_000;

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        var values = Fields.Values.AsSpan();
        values.Clear();
        var open = FindDate(line);
        if (open < 0 || !TryReadDate(line, open, out var end))
        {
            return Fields.Reject("there is no time like [22/Nov/2026:10:00:00.123] behind the client", Math.Max(open, 0));
        }

        if (!TryTakeClient(line, open - 1))
        {
            return Fields.Reject("there is no address:port before the time", 0);
        }

        var cursor = new LineCursor(line, end);
        if (!cursor.TryTakeWord(out values[Frontend]) || cursor.IsAtEnd)
        {
            return Fields.Reject("the line ends before the frontend does", cursor.Position);
        }

        return line[cursor.Position - 2] == ':' ? ParseError(line, cursor) : ParseSession(line, ref cursor);
    }

    /// <summary>The place of <c>[dd/Mon/yyyy:</c> behind a space; -1 where there is none.</summary>
    static int FindDate(ReadOnlySpan<byte> line)
    {
        for (var at = 0; line[at..].IndexOf(" ["u8) is var found and >= 0; at++)
        {
            at += found;
            if (line.Length > at + 25 && line[at + 4] == '/' && line[at + 8] == '/' && line[at + 13] == ':')
            {
                return at + 1;
            }
        }

        return -1;
    }

    bool TryReadDate(ReadOnlySpan<byte> line, int open, out int end)
    {
        end = 0;
        var close = line[open..].IndexOf("] "u8);
        var text = close < 0 ? default : line.Slice(open + 1, close - 1);
        if (!TimeText.TryReadClf(text, zone, out var micros, out var length) || !TryAddFraction(text[length..], ref micros))
        {
            return false;
        }

        Fields.Values[AcceptDate] = FieldValue.Of(micros, open + 1, text.Length);
        end = open + close + 2;
        return true;
    }

    static bool TryAddFraction(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text.Length == 4 && text[0] == '.' && TimeText.TryDigits(text, 1, 3, out var millis))
        {
            micros += millis * MicrosPerMilli;
            return true;
        }

        return text.IsEmpty;
    }

    /// <summary>The word before the time; what stands before it is syslog's and ends in a colon.</summary>
    bool TryTakeClient(ReadOnlySpan<byte> line, int end)
    {
        var start = line[..end].LastIndexOf((byte)' ') + 1;
        var colon = line[start..end].LastIndexOf((byte)':');
        if (colon <= 0 || (start > 0 && (start < 2 || line[start - 2] != ':')))
        {
            return false;
        }

        var port = new LineCursor(line, start + colon + 1);
        if (!port.TryTakeNumber((byte)' ', 1, out Fields.Values[ClientPort]) || port.Position != end + 1)
        {
            return false;
        }

        // A client that came through a UNIX socket is written as unix:1.
        Fields.Values[Client] = FieldValue.Text(start, colon);
        if (start > 2)
        {
            var process = line[..(start - 2)].LastIndexOf((byte)' ') + 1;
            Fields.Values[Process] = FieldValue.Text(process, start - 2 - process);
        }

        return true;
    }

    /// <summary><c>frontend/listener: why</c>, of connections that came to nothing.</summary>
    LineOutcome ParseError(ReadOnlySpan<byte> line, LineCursor cursor)
    {
        ref var frontend = ref Fields.Values[Frontend];
        var name = line.Slice(frontend.Start, frontend.Length - 1);
        var slash = name.IndexOf((byte)'/');
        if (slash <= 0)
        {
            return Fields.Reject("there is no frontend/listener before the colon", frontend.Start);
        }

        frontend.Length = slash;
        Fields.Values[Error] = FieldValue.Text(cursor.Position, line.Length - cursor.Position);
        return LineOutcome.Event;
    }

    LineOutcome ParseSession(ReadOnlySpan<byte> line, ref LineCursor cursor)
    {
        var values = Fields.Values.AsSpan();
        if (!cursor.TryTakeUntil((byte)'/', out values[Backend]) || !cursor.TryTakeWord(out values[Server]) || line.Slice(values[Backend].Start, values[Backend].Length).Contains((byte)' '))
        {
            return Fields.Reject("there is no backend/server behind the frontend", cursor.Position);
        }

        if (line.Slice(values[Server].Start, values[Server].Length).SequenceEqual("<NOSRV>"u8))
        {
            values[Server] = default;
        }

        var word = cursor.Rest.IndexOf((byte)' ');
        var slashes = word < 0 ? 0 : cursor.Rest[..word].Count((byte)'/');
        if (slashes is not (4 or 2) || !TryTakeNumbers(ref cursor, slashes == 4 ? [Timers, Timers + 1, Timers + 2, Timers + 3, Total] : [Timers + 1, Timers + 2, Total], MicrosPerMilli))
        {
            return Fields.Reject("there are not five or three timers behind the server", cursor.Position);
        }

        var isHttp = slashes == 4;
        if (isHttp && (!cursor.TryTakeNumber((byte)' ', 1, out values[Status]) || values[Status].Number > 999))
        {
            return Fields.Reject("status_code is not a status", cursor.Position);
        }

        if (!cursor.TryTakeNumber((byte)' ', 1, out values[Bytes]))
        {
            return Fields.Reject("bytes_read is not a number", cursor.Position);
        }

        if (isHttp && !(cursor.TryTakeWord(out values[Cookies]) && cursor.TryTakeWord(out values[Cookies + 1])))
        {
            return Fields.Reject("the line ends before the captured cookies do", cursor.Position);
        }

        if (!cursor.TryTakeWord(out values[Termination]) || !TryTakeNumbers(ref cursor, [Connections, Connections + 1, Connections + 2, Connections + 3, Connections + 4], 1))
        {
            return Fields.Reject("there are not five numbers of connections behind the termination state", cursor.Position);
        }

        if (!TryTakeQueues(line, ref cursor))
        {
            return Fields.Reject("there are not two lengths of queues behind the connections", cursor.Position);
        }

        return isHttp ? ParseRequest(line, ref cursor) : LineOutcome.Event;
    }

    /// <summary>Numbers with slashes between them and a space behind the last.</summary>
    bool TryTakeNumbers(ref LineCursor cursor, ReadOnlySpan<int> fields, long scale)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (!cursor.TryTakeNumber(i + 1 < fields.Length ? (byte)'/' : (byte)' ', scale, out Fields.Values[fields[i]]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The last numbers of a TCP line, which may end it.</summary>
    bool TryTakeQueues(ReadOnlySpan<byte> line, ref LineCursor cursor)
    {
        if (!cursor.TryTakeNumber((byte)'/', 1, out Fields.Values[Queues]))
        {
            return false;
        }

        if (cursor.Rest.Contains((byte)' '))
        {
            return cursor.TryTakeNumber((byte)' ', 1, out Fields.Values[Queues + 1]);
        }

        var start = cursor.Position;
        if (!W3c.W3cText.TryReadInteger(cursor.Rest, out var number))
        {
            return false;
        }

        Fields.Values[Queues + 1] = FieldValue.Of(number, start, line.Length - start);
        cursor.Position = line.Length;
        return true;
    }

    /// <summary>Up to two groups of captured headers, and the request, which syslog may have cut off. What httpslog adds behind it is not read.</summary>
    LineOutcome ParseRequest(ReadOnlySpan<byte> line, ref LineCursor cursor)
    {
        for (var group = 0; group < 2 && cursor.TryTake("{"u8); group++)
        {
            if (!cursor.TryTakeUntil("} "u8, out Fields.Values[Headers + group]))
            {
                return Fields.Reject("the captured headers are not closed", cursor.Position);
            }
        }

        if (!cursor.TryTake("\""u8))
        {
            return Fields.Reject("there is no request in quotes at the end", cursor.Position);
        }

        var end = cursor.Rest.LastIndexOf((byte)'"');
        var tail = cursor.Rest.IndexOf("\" "u8);
        end = tail >= 0 ? tail : end >= 0 ? end : cursor.Rest.Length;
        Fields.Values[Request] = end == 0 ? default : FieldValue.Text(cursor.Position, end);
        return LineOutcome.Event;
    }
}
