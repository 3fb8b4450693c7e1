using Millrace.Parsing.Lines;

namespace Millrace.Parsing;

/// <summary>Tells the format of a file from its first lines: the format that accepts most of them, ties by the table's order.</summary>
public static class FormatDetector
{
    /// <summary>The share of lines below which a format is not believed.</summary>
    public const double LeastShare = 0.5;

    /// <summary>How many bytes of a file are looked at.</summary>
    public const int HeadLength = 64 << 10;

    /// <summary>
    /// What every format that can be told makes of a head, best first, and what else the head holds; formats that read nothing are left out.
    /// </summary>
    /// <param name="input">The head and the user's settings.</param>
    /// <param name="isWhole">True where the head is the whole file, so that its last line needs no line break.</param>
    /// <param name="formats">The formats that there are; the built-in ones where it is null.</param>
    public static IReadOnlyList<FormatShare> Rank(FormatInput input, bool isWhole, FormatTable? formats = null)
    {
        var lines = WholeLines(input.Head.Span, isWhole);
        var bound = new BoundFormats(formats ?? FormatTable.BuiltIn);
        List<FormatShare> ranking =
        [
            .. Detectable(bound)
                .Select(format => (Format: format, Bound: bound.Bind(format, input)))
                .Where(one => one.Bound is not null)
                .Select(one => Measure(one.Format, one.Bound!, input.Head.Span[..lines]))
                .Where(share => share.Accepted > 0)
                .OrderByDescending(share => share.Accepted),
        ];
        return ranking is [var best, .. var others] ? [best with { Others = MixedLines.In(input, input.Head.Span[..lines], best, ranking) }, .. others] : ranking;
    }

    /// <summary>
    /// The first of <see cref="Rank"/>, or null where no format reads anything, with what else the head holds. Spares formats that cannot be it: those that do not read the first line,
    /// and those behind the first one that reads every line, where there is one.
    /// </summary>
    /// <param name="input">The head and the user's settings.</param>
    /// <param name="isWhole">True where the head is the whole file, so that its last line needs no line break.</param>
    /// <param name="formats">The formats that there are; the built-in ones where it is null.</param>
    public static FormatShare? Best(FormatInput input, bool isWhole, FormatTable? formats = null) => Best(input, isWhole, new BoundFormats(formats ?? FormatTable.BuiltIn));

    /// <summary>The same for one of many files.</summary>
    internal static FormatShare? Best(FormatInput input, bool isWhole, BoundFormats formats)
    {
        var head = input.Head.Span[..WholeLines(input.Head.Span, isWhole)];
        var first = FirstLine(head);
        var tried = new Dictionary<LogFormat, FormatShare>(ReferenceEqualityComparer.Instance);
        foreach (var format in Detectable(formats))
        {
            // Whoever does not read the first line does not read every line.
            if (MayRead(format, first) && formats.Bind(format, input) is { } bound && !bound.Binding.LacksMark(first) && ReadsFirst(bound, head))
            {
                var share = Measure(format, bound, head);
                if (share.Accepted >= share.Lines)
                {
                    return share;
                }

                tried.Add(format, share);
            }
        }

        var measured = new List<FormatShare>();
        foreach (var format in Detectable(formats))
        {
            if (tried.TryGetValue(format, out var share))
            {
                measured.Add(share);
            }
            else if (formats.Bind(format, input) is { } bound)
            {
                measured.Add(Measure(format, bound, head));
            }
        }

        measured.RemoveAll(share => share.Accepted == 0);
        return measured.MaxBy(share => share.Accepted) is { } best ? best with { Others = MixedLines.In(input, head, best, measured) } : null;
    }

    /// <summary>
    /// The format of a line that the format of its file does not read; null where none but general ones, such as text or CSV, read it.
    /// </summary>
    /// <param name="line">The line, or the lines of one event.</param>
    /// <param name="readAs">The name of the format that does not read it.</param>
    /// <param name="formats">The formats that there are.</param>
    public static LogFormat? OfLine(ReadOnlyMemory<byte> line, string readAs, FormatTable formats)
    {
        var input = new FormatInput { Head = line };
        var first = FirstLine(line.Span);
        foreach (var format in formats.All)
        {
            if (format.CanBeDetected && !format.IsGeneral && format.Name != readAs && MayRead(format, first)
                && format.Bind(input) is { } binding && !binding.LacksMark(first) && GivesEvent(binding.CreateParser(), line.Span))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>True where the head has a line that is not empty.</summary>
    public static bool HasLines(ReadOnlySpan<byte> head) => head.IndexOfAnyExcept("\r\n"u8) >= 0;

    static IEnumerable<LogFormat> Detectable(BoundFormats formats) => formats.Formats.All.Where(format => format.CanBeDetected);

    static int WholeLines(ReadOnlySpan<byte> head, bool isWhole)
    {
        var lastBreak = head.LastIndexOf((byte)'\n');
        return isWhole || lastBreak < 0 ? head.Length : lastBreak + 1;
    }

    static FormatShare Measure(LogFormat format, BoundFormats.Bound bound, ReadOnlySpan<byte> head)
    {
        var parser = bound.Take();
        var share = Measure(format, bound.Binding, parser, head);
        bound.GiveBack(parser);
        return share;
    }

    internal static FormatShare Measure(LogFormat format, FormatBinding binding, LineParser parser, ReadOnlySpan<byte> rest)
    {
        var reads = new List<bool>();
        var lines = 0;
        while (!rest.IsEmpty)
        {
            var lineCount = 1;
            var line = binding.JoinsLines ? EventBoundary.TakeEvent(ref rest, parser, out lineCount) : EventBoundary.TakeLine(ref rest);
            if (line.IsEmpty)
            {
                reads.Add(false);
                continue;
            }

            lines += 1 + line.Count((byte)'\n');
            var first = reads.Count;
            for (; lineCount > 0; lineCount--)
            {
                reads.Add(false);
            }

            if (ReadsAnyRecord(parser, line))
            {
                reads[first] = true;
                MarkPlausibleContinuations(line, reads, first);
            }
        }

        return new(format, binding, reads.Count(isRead => isRead), lines) { Reads = reads };
    }

    /// <summary>False for text where the lines of the format are JSON, and the other way round. What an own format's pattern reads, no one knows.</summary>
    static bool MayRead(LogFormat format, ReadOnlySpan<byte> firstLine) =>
        format.DependsOnHead || format.IsOwn || format.Example.StartsWith('{') == firstLine.TrimStart(" \t"u8).StartsWith("{"u8);

    static bool ReadsFirst(BoundFormats.Bound bound, ReadOnlySpan<byte> head)
    {
        var parser = bound.Take();
        var isRead = false;
        while (!head.IsEmpty)
        {
            var line = bound.Binding.JoinsLines ? EventBoundary.TakeEvent(ref head, parser, out _) : EventBoundary.TakeLine(ref head);
            if (!line.IsEmpty)
            {
                isRead = ReadsAnyRecord(parser, line);
                break;
            }
        }

        bound.GiveBack(parser);
        return isRead;
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> head)
    {
        var start = Math.Max(head.IndexOfAnyExcept("\r\n"u8), 0);
        return head[start..].IndexOf((byte)'\n') is >= 0 and var length ? head.Slice(start, length) : head[start..];
    }

    /// <summary>A line that holds several records counts as read where one of them is; the head may have cut the others off.</summary>
    static bool ReadsAnyRecord(LineParser parser, ReadOnlySpan<byte> line)
    {
        var isRead = parser.Parse(line) != LineOutcome.Reject;
        while (!isRead && parser.HasMore)
        {
            isRead = parser.Next(line) != LineOutcome.Reject;
        }

        return isRead;
    }

    static bool GivesEvent(LineParser parser, ReadOnlySpan<byte> line)
    {
        var isEvent = parser.Parse(line) == LineOutcome.Event;
        while (!isEvent && parser.HasMore)
        {
            isEvent = parser.Next(line) == LineOutcome.Event;
        }

        return isEvent;
    }

    /// <summary>
    /// Lines that a stack trace would have: indented, or begun as traces begin. Other continuations do not speak for a format, or one dated line
    /// would claim all that follows.
    /// </summary>
    static void MarkPlausibleContinuations(ReadOnlySpan<byte> lines, List<bool> reads, int first)
    {
        EventBoundary.TakeLine(ref lines);
        for (var index = first + 1; !lines.IsEmpty; index++)
        {
            var line = EventBoundary.TakeLine(ref lines);
            reads[index] = line.IsEmpty || line[0] is (byte)' ' or (byte)'\t' || line.StartsWith("Caused by"u8) || line.StartsWith("Traceback"u8)
                || line.IndexOf("Exception"u8) >= 0 || line.IndexOf("Error"u8) >= 0;
        }
    }
}
