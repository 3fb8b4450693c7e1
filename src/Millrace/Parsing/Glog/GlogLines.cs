using Millrace.Events;

namespace Millrace.Parsing.Glog;

/// <summary>Lines of glog and its kin: <c>Lmmdd hh:mm:ss.uuuuuu threadid file:line] msg</c>, perhaps with the year before the month.</summary>
static class GlogLines
{
    const int Time = 0;
    const int Level = 1;
    const int Thread = 2;
    const int Source = 3;
    const int SourceLine = 4;
    const int Message = 5;

    static readonly FormatField[] Fields =
    [
        new("time", ColumnType.Timestamp, "when it happened"),
        new("severity", ColumnType.Text, "I, W, E or F"),
        new("thread", ColumnType.Integer, "the thread or the process"),
        new("source_file", ColumnType.Text, "the source file"),
        new("source_line", ColumnType.Integer, "its line"),
        new("text", ColumnType.Text, "the message"),
    ];

    /// <summary>Fixes a format of such lines for a file.</summary>
    public static FormatBinding Bind(string format, bool mayHaveYear, FormatInput input) => new()
    {
        Format = format,
        Fields = Fields,
        Columns = new()
        {
            [EventColumn.Timestamp] = ColumnSource.From(Time),
            [EventColumn.Level] = new(ColumnSourceKind.Severity, Level),
            [EventColumn.Logger] = ColumnSource.From(Source),
            [EventColumn.Message] = ColumnSource.From(Message),
        },
        CreateParser = () => new Parser(mayHaveYear, input),
        Raw = new RawTable.None("the year of the times is counted back from now"),
    };

    sealed class Parser(bool mayHaveYear, FormatInput input) : LineParser(GlogLines.Fields.Length)
    {
        readonly LocalZone _zone = new(input.TimeZone);
        readonly YearlessTime _yearless = new(input.AsOf, new LocalZone(input.TimeZone));

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            var values = Fields.Values;
            values.AsSpan().Clear();
            if (line.Length < 1 || line[0] is not ((byte)'I' or (byte)'W' or (byte)'E' or (byte)'F'))
            {
                return Fields.Reject("the line does not begin with I, W, E or F", 0);
            }

            if (!TryReadTime(line[1..], out var micros, out var length))
            {
                return Fields.Reject("the time is not well-formed", 1);
            }

            var at = 1 + length;
            values[Time] = FieldValue.Of(micros, 1, length);
            values[Level] = FieldValue.Text(0, 1);
            var digits = SkipSpaces(line, at);
            if (digits == at || !TryReadNumber(line, digits, out values[Thread], out at) || at == line.Length || line[at] != ' ')
            {
                return Fields.Reject("the thread is not a number", digits);
            }

            return ReadSource(line, at + 1);
        }

        LineOutcome ReadSource(ReadOnlySpan<byte> line, int start)
        {
            var length = line[start..].IndexOf("] "u8);
            length = length < 0 && line[^1] == ']' ? line.Length - 1 - start : length;
            var colon = length < 0 ? -1 : line.Slice(start, length).LastIndexOf((byte)':');
            if (colon <= 0 || line.Slice(start, colon).Contains((byte)' ')
                || !TryReadNumber(line, start + colon + 1, out Fields.Values[SourceLine], out var end) || end != start + length)
            {
                return Fields.Reject("there is no source line in front of the text", start);
            }

            Fields.Values[Source] = FieldValue.Text(start, colon);
            var text = Math.Min(end + "] ".Length, line.Length);
            Fields.Values[Message] = FieldValue.Text(text, line.Length - text);
            return LineOutcome.Event;
        }

        /// <summary>Reads <c>mmdd hh:mm:ss.uuuuuu</c> with or without a year.</summary>
        bool TryReadTime(ReadOnlySpan<byte> text, out long micros, out int length)
        {
            micros = 0;
            var space = text[..Math.Min(text.Length, 9)].IndexOf((byte)' ');
            var year = 0;
            length = space + 1 + "hh:mm:ss.uuuuuu".Length;
            if (!(space == 4 || (space == 8 && mayHaveYear)) || text.Length < length
                || (space == 8 && !TimeText.TryDigits(text, 0, 4, out year))
                || !TimeText.TryDigits(text, space - 4, 2, out var month) || !TimeText.TryDigits(text, space - 2, 2, out var day)
                || !TimeText.TryTimeOfDay(text[(space + 1)..], out var time)
                || text[space + 9] != '.' || !TimeText.TryDigits(text, space + 10, 6, out var fraction))
            {
                return false;
            }

            time += fraction;
            if (space == 4)
            {
                return _yearless.TryFind(month, day, time, out micros);
            }

            var isDay = TimeText.TryDate(year, month, day, out var date);
            micros = _zone.ToUtc(date + time);
            return isDay;
        }

        static bool TryReadNumber(ReadOnlySpan<byte> line, int start, out FieldValue value, out int end)
        {
            long number = 0;
            for (end = start; end < line.Length && end - start < 18 && (uint)(line[end] - '0') is var digit and <= 9; end++)
            {
                number = (number * 10) + digit;
            }

            value = FieldValue.Of(number, start, end - start);
            return end > start;
        }

        static int SkipSpaces(ReadOnlySpan<byte> line, int at)
        {
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }

            return at;
        }
    }
}
