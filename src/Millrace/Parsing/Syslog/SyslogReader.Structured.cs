using Millrace.Events;

namespace Millrace.Parsing.Syslog;

/// <summary>RFC 5424, section 6: <c>TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG</c>, behind the version.</summary>
sealed partial class SyslogReader
{
    static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    LineOutcome ReadStructured(ReadOnlySpan<byte> line, int at)
    {
        var length = line[at..].IndexOf((byte)' ');
        if (length < 0 || !TryReadStamp(line.Slice(at, length), at))
        {
            return fields.Reject("the time is not well-formed", at);
        }

        at += length + 1;
        for (var field = SyslogField.Host; field <= SyslogField.MessageId; field++)
        {
            length = line[at..].IndexOf((byte)' ');
            if (length <= 0)
            {
                return fields.Reject("the line ends before its head does", at);
            }

            if (length > 1 || line[at] != '-')
            {
                _values[field] = FieldValue.Text(at, length);
            }

            at += length + 1;
        }

        if (!TrySkipData(line, ref at))
        {
            return fields.Reject("the structured data is not well-formed", at);
        }

        at = Math.Min(at + 1, line.Length);
        SetMessage(line, line[at..].StartsWith(Mark) ? at + Mark.Length : at);
        return LineOutcome.Event;
    }

    bool TryReadStamp(ReadOnlySpan<byte> text, int start)
    {
        if (text is [(byte)'-'])
        {
            return true;
        }

        var isTime = TimeText.TryReadIso(text, _zone, out var micros, out var length) && length == text.Length;
        SetTime(micros, start, length);
        return isTime;
    }

    /// <summary>Reads <c>-</c> or elements one behind the other, each of which becomes an attribute. Leaves the place of what is wrong.</summary>
    bool TrySkipData(ReadOnlySpan<byte> line, ref int at)
    {
        if (at < line.Length && line[at] == '-' && EndsAt(line, at + 1))
        {
            at++;
            return true;
        }

        var first = at;
        while (at < line.Length && line[at] == '[')
        {
            if (!TrySkipElement(line, ref at))
            {
                return false;
            }
        }

        return at > first && EndsAt(line, at);
    }

    /// <summary>Reads <c>[id name="value" …]</c>.</summary>
    bool TrySkipElement(ReadOnlySpan<byte> line, ref int at)
    {
        var id = at + 1;
        var idLength = line[id..].IndexOfAny(" ]=\""u8);
        if (idLength <= 0 || line[id + idLength] is not ((byte)' ' or (byte)']'))
        {
            return false;
        }

        at = id + idLength;
        var parameters = at;
        while (SyslogParameters.TryTake(line, ref at, out _, out _))
        {
        }

        var end = at;
        while (end < line.Length && line[end] == ' ')
        {
            end++;
        }

        if (end >= line.Length || line[end] != ']')
        {
            return false;
        }

        fields.Attributes.Add(FieldValue.Text(id, idLength), FieldValue.Text(parameters, at - parameters, TextEscape.SyslogParameters));
        at = end + 1;
        return true;
    }
}
