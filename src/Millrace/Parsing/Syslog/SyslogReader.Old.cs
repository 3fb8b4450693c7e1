using Millrace.Events;

namespace Millrace.Parsing.Syslog;

/// <summary>What is written in the manner of RFC 3164: a time, a host, <c>program[process]:</c>, and the text. All of them may be missing.</summary>
sealed partial class SyslogReader
{
    /// <summary>Reads <c>Mon dd hh:mm:ss</c>, with a year before the time and a fraction behind it where they are written (Cisco). A space comes after it.</summary>
    public bool TryReadOldTime(ReadOnlySpan<byte> text, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 15 || text[3] != ' ' || text[6] != ' ' || !TimeText.TryMonth(text, out var month) || !TryReadDay(text[4..], out var day))
        {
            return false;
        }

        var at = 7;
        var hasYear = TimeText.TryDigits(text, at, 4, out var year) && text[at + 4] == ' ';
        at += hasYear ? 5 : 0;
        if (!TimeText.TryTimeOfDay(text[at..], out var time))
        {
            return false;
        }

        at += 8;
        if (at + 1 < text.Length && text[at] == '.')
        {
            var scale = TimeText.MicrosPerSecond;
            for (at++; at < text.Length && (uint)(text[at] - '0') is var digit and <= 9; at++)
            {
                scale /= 10;
                time += digit * scale;
            }
        }

        length = at;
        if (!EndsAt(text, at))
        {
            return false;
        }

        if (!hasYear)
        {
            return _yearless.TryFind(month, day, time, out micros);
        }

        var isDay = TimeText.TryDate(year, month, day, out var date);
        micros = _zone.ToUtc(date + time);
        return isDay;
    }

    /// <summary>A day of two digits, or of one behind a space.</summary>
    static bool TryReadDay(ReadOnlySpan<byte> text, out int day) => text[0] == ' ' ? TimeText.TryDigits(text, 1, 1, out day) : TimeText.TryDigits(text, 0, 2, out day);

    /// <summary>Reads host, program, process and text. True where both a host and a program stand there.</summary>
    bool ReadHead(ReadOnlySpan<byte> line, int start)
    {
        start = Math.Min(start, line.Length);
        var length = line[start..].IndexOf((byte)' ');
        if (length <= 0 || !IsHost(line.Slice(start, length)))
        {
            // Programs that log to the socket of their own machine leave the host out.
            ReadProgram(line, start);
            return false;
        }

        _values[SyslogField.Host] = FieldValue.Text(start, length);
        var next = start + length + 1;
        return ReadProgram(line, next < line.Length && line[next] == ' ' ? next + 1 : next);
    }

    /// <summary>Reads <c>program: text</c> or <c>program[process]: text</c>. False where no program stands there: then all is text.</summary>
    bool ReadProgram(ReadOnlySpan<byte> line, int start)
    {
        var rest = line[start..];
        var end = rest.IndexOfAny(" :["u8);
        var process = 0;
        var colon = end;
        if (end > 0 && rest[end] == '[')
        {
            process = rest[end..].IndexOf((byte)']') - 1;
            colon = end + process + 2;
        }

        if (end <= 0 || process < 0 || colon >= rest.Length || rest[colon] != ':' || (colon + 1 < rest.Length && rest[colon + 1] != ' '))
        {
            SetMessage(line, start);
            return false;
        }

        _values[SyslogField.App] = FieldValue.Text(start, end);
        if (process > 0)
        {
            _values[SyslogField.Process] = FieldValue.Text(start + end + 1, process);
        }

        SetMessage(line, Math.Min(start + colon + 2, line.Length));
        return true;
    }

    /// <summary>True for a word that may be a machine's name or address: it is no program with its colon, no level, and has nothing that names have not.</summary>
    static bool IsHost(ReadOnlySpan<byte> word) =>
        word[^1] != ':' && !word.ContainsAny("[](){}<>=\",;"u8) && !(word.Length <= 13 && Severity.IsKnown(word));
}
