using System.Buffers.Text;
using Millrace.Events;

namespace Millrace.Parsing.Syslog;

/// <summary>
/// Reads one syslog message as it stands in a file: RFC 5424, RFC 3164 and what is written in its manner (ISO times of rsyslog, a year, no host), with or without
/// <c>&lt;PRI&gt;</c>, behind the length of octet counting (RFC 6587) or the head of a RELP frame. Serves one thread.
/// </summary>
sealed partial class SyslogReader(LineFields fields, TimeZoneInfo zone, DateTimeOffset asOf)
{
    const int HighestPriority = 191;

    readonly LocalZone _zone = new(zone);
    readonly YearlessTime _yearless = new(asOf, new LocalZone(zone));
    readonly FieldValue[] _values = fields.Values;

    /// <summary>Reads a line into the first fields, which must be cleared.</summary>
    public LineOutcome Read(ReadOnlySpan<byte> line)
    {
        if (SkipFrame(line, out var at))
        {
            return LineOutcome.Skip;
        }

        var hasPriority = line[at..].StartsWith("<"u8);
        if (hasPriority && !TryReadPriority(line, ref at))
        {
            return fields.Reject("the priority is not a number from 0 to 191 in angle brackets", at);
        }

        if (line[at..].StartsWith("1 "u8))
        {
            _values[SyslogField.Version] = FieldValue.Of(1, at, 1);
            return ReadStructured(line, at + 2);
        }

        if (TryReadOldTime(line[at..], out var micros, out var length))
        {
            SetTime(micros, at, length);
            ReadHead(line, at + length + 1);
            return LineOutcome.Event;
        }

        if (TimeText.TryReadIso(line[at..], _zone, out micros, out length) && EndsAt(line, at + length))
        {
            SetTime(micros, at, length);
            var isSyslog = ReadHead(line, at + length + 1) || hasPriority;
            return isSyslog && (hasPriority || IsStamp(line.Slice(at, length)))
                ? LineOutcome.Event
                : fields.Reject("neither a priority nor a host and a program show that the line is of syslog", at + length);
        }

        if (!hasPriority)
        {
            return fields.Reject("the line begins neither with a priority nor with a time of syslog", at);
        }

        SetMessage(line, at);
        return LineOutcome.Event;
    }

    /// <summary>True for stamps as rsyslog writes them, with a T and a zone; other logs begin with times that have neither.</summary>
    static bool IsStamp(ReadOnlySpan<byte> stamp) => stamp[10] == 'T' && (stamp[^1] == 'Z' || stamp[16..].ContainsAny((byte)'+', (byte)'-'));

    static bool EndsAt(ReadOnlySpan<byte> line, int at) => at == line.Length || line[at] == ' ';

    /// <summary>
    /// Skips what a transport wrote before the message: <c>123 &lt;34&gt;…</c> of octet counting, <c>7 syslog 123 &lt;34&gt;…</c> of RELP. True for a RELP frame of another command,
    /// which holds no message.
    /// </summary>
    static bool SkipFrame(ReadOnlySpan<byte> line, out int at)
    {
        at = 0;
        var first = CountDigits(line);
        if (first is 0 or > 9 || first + 1 >= line.Length || line[first] != ' ')
        {
            return false;
        }

        var rest = line[(first + 1)..];
        if (rest[0] == '<')
        {
            at = first + 1;
            return false;
        }

        var space = rest.IndexOf((byte)' ');
        var command = space < 0 ? rest : rest[..space];
        var isFrame = command.SequenceEqual("syslog"u8) || command.SequenceEqual("open"u8) || command.SequenceEqual("close"u8) || command.SequenceEqual("rsp"u8) || command.SequenceEqual("serverclose"u8);
        var length = isFrame && space > 0 ? CountDigits(rest[(space + 1)..]) : 0;
        var end = first + 1 + space + 1 + length;
        if (length == 0 || !EndsAt(line, end))
        {
            return false;
        }

        at = Math.Min(end + 1, line.Length);
        return command[^1] != 'g' || at == line.Length;
    }

    bool TryReadPriority(ReadOnlySpan<byte> line, ref int at)
    {
        var digits = CountDigits(line[(at + 1)..]);
        var end = at + 1 + digits;
        if (digits is 0 or > 3 || end == line.Length || line[end] != '>'
            || !Utf8Parser.TryParse(line[(at + 1)..end], out int priority, out _) || priority > HighestPriority)
        {
            return false;
        }

        _values[SyslogField.Priority] = FieldValue.Of(priority, at + 1, digits);
        _values[SyslogField.Facility] = FieldValue.Of(priority >> 3, at + 1, digits);
        at = end + 1;
        return true;
    }

    void SetTime(long micros, int start, int length) => _values[SyslogField.Time] = FieldValue.Of(micros, start, length);

    void SetMessage(ReadOnlySpan<byte> line, int start)
    {
        if (start < line.Length)
        {
            _values[SyslogField.Message] = FieldValue.Text(start, line.Length - start);
        }
    }

    static int CountDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
