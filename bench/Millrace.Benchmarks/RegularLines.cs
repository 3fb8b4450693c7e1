using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>
/// Lines as one writer writes them: those of one case, again and again with other numbers of the same or another length, as addresses, paths, sizes and durations differ between the
/// lines of a log, and with them where each value stands. The time of the event stays, since a log has many lines a minute.
/// </summary>
static class RegularLines
{
    const int VariantsOfALine = 400;
    const int TriesOfAVariant = 20;

    readonly record struct Kind(byte[] Line, bool[] Present, int Attributes, (int Start, int End) Time);

    /// <summary>What stands once above the lines (directives, a header), and the lines.</summary>
    public static (List<byte[]> Top, List<byte[]> Lines) Of(FormatBinding binding, IReadOnlyList<byte[]> lines)
    {
        var parser = binding.CreateParser();
        var random = new Random(20261122);
        var top = new List<byte[]>();
        var variants = new List<byte[]>();
        var kinds = new List<Kind>();
        foreach (var line in lines)
        {
            if (parser.Parse(line) == LineOutcome.Event)
            {
                var time = parser.Fields.Values[binding.Columns[EventColumn.Timestamp] is { Kind: ColumnSourceKind.Field, Field: var field } ? field : 0];
                kinds.Add(new(line, Present(parser), parser.Fields.Attributes.Count, time.HasValue ? (time.Start, time.Start + time.Length) : (0, 0)));
            }
            else
            {
                top.Add(line);
            }
        }

        for (var count = 0; count < VariantsOfALine; count++)
        {
            variants.AddRange(kinds.Select(kind => Vary(parser, kind, random)));
        }

        return (top, variants);
    }

    /// <summary>The line with other digits, in which the parser finds the same fields; the line itself where no try gave one.</summary>
    static byte[] Vary(LineParser parser, Kind kind, Random random)
    {
        for (var left = TriesOfAVariant; left > 0; left--)
        {
            var varied = WithOtherDigits(kind, random, changes: 1 + (left / 2));
            if (parser.Parse(varied) == LineOutcome.Event && parser.Fields.Attributes.Count == kind.Attributes && Present(parser).SequenceEqual(kind.Present))
            {
                return varied;
            }
        }

        return kind.Line;
    }

    static byte[] WithOtherDigits(Kind kind, Random random, int changes)
    {
        List<byte> varied = [.. kind.Line];
        var (timeStart, timeEnd) = kind.Time;
        for (; changes > 0; changes--)
        {
            var at = random.Next(varied.Count);
            if (at >= timeStart && at < timeEnd)
            {
                continue;
            }

            // The digits of a name (sha256, x_1) are no number.
            var start = at;
            while (start > 0 && char.IsAsciiDigit((char)varied[start]))
            {
                start--;
            }

            if (!char.IsAsciiDigit((char)varied[at]) || char.IsAsciiLetter((char)varied[start]) || varied[start] == '_')
            {
                continue;
            }

            var digit = (byte)('0' + random.Next(10));
            var moved = 0;
            switch (random.Next(8))
            {
                case 0:
                    varied.Insert(at + 1, digit);
                    moved = 1;
                    break;
                case 1:
                    varied.RemoveAt(at);
                    moved = -1;
                    break;
                default:
                    varied[at] = digit;
                    break;
            }

            if (at < timeStart)
            {
                timeStart += moved;
                timeEnd += moved;
            }
        }

        return [.. varied];
    }

    static bool[] Present(LineParser parser) => [.. parser.Fields.Values.Select(value => value.HasValue)];
}
