using Millrace.Parsing.Lines;

namespace Millrace.Parsing;

/// <summary>How much of the head of a file one format reads.</summary>
/// <param name="Format">The format.</param>
/// <param name="Binding">The format fixed for the file.</param>
/// <param name="Accepted">How many lines it accepts.</param>
/// <param name="Lines">Of how many.</param>
public sealed record FormatShare(LogFormat Format, FormatBinding Binding, int Accepted, int Lines)
{
    /// <summary>The accepted share, 0 to 1.</summary>
    public double Share => Lines == 0 ? 0 : (double)Accepted / Lines;
}

/// <summary>Tells the format of a file from its first lines: the format that accepts most of them, ties by the table's order.</summary>
public static class FormatDetector
{
    /// <summary>The share of lines below which a format is not believed.</summary>
    public const double LeastShare = 0.5;

    /// <summary>How many bytes of a file are looked at.</summary>
    public const int HeadLength = 64 << 10;

    /// <summary>
    /// What every format that can be told makes of a head, best first; formats that read nothing are left out.
    /// </summary>
    /// <param name="input">The head and the user's settings.</param>
    /// <param name="isWhole">True where the head is the whole file, so that its last line needs no line break.</param>
    public static IReadOnlyList<FormatShare> Rank(FormatInput input, bool isWhole)
    {
        var lines = WholeLines(input.Head.Span, isWhole);
        return
        [
            .. LogFormats.All
                .Where(format => format.CanBeDetected)
                .Select(format => (Format: format, Binding: format.Bind(input)))
                .Where(bound => bound.Binding is not null)
                .Select(bound => Measure(bound.Format, bound.Binding!, input.Head.Span[..lines]))
                .Where(share => share.Accepted > 0)
                .OrderByDescending(share => share.Accepted),
        ];
    }

    /// <summary>
    /// The first of <see cref="Rank"/>, or null where no format reads anything. Spares the formats behind the first one that reads every line, since none of
    /// them can come before it.
    /// </summary>
    public static FormatShare? Best(FormatInput input, bool isWhole)
    {
        FormatShare? best = null;
        var head = input.Head.Span[..WholeLines(input.Head.Span, isWhole)];
        foreach (var format in LogFormats.All)
        {
            if (format.CanBeDetected && format.Bind(input) is { } binding && Measure(format, binding, head) is var share && share.Accepted > (best?.Accepted ?? 0))
            {
                best = share;
                if (share.Accepted >= share.Lines)
                {
                    break;
                }
            }
        }

        return best;
    }

    /// <summary>True where the head has a line that is not empty.</summary>
    public static bool HasLines(ReadOnlySpan<byte> head) => head.IndexOfAnyExcept("\r\n"u8) >= 0;

    static int WholeLines(ReadOnlySpan<byte> head, bool isWhole)
    {
        var lastBreak = head.LastIndexOf((byte)'\n');
        return isWhole || lastBreak < 0 ? head.Length : lastBreak + 1;
    }

    static FormatShare Measure(LogFormat format, FormatBinding binding, ReadOnlySpan<byte> rest)
    {
        var parser = binding.CreateParser();
        var accepted = 0;
        var lines = 0;
        while (!rest.IsEmpty)
        {
            var line = binding.JoinsLines ? EventBoundary.TakeEvent(ref rest, parser, out _) : EventBoundary.TakeLine(ref rest);
            if (line.IsEmpty)
            {
                continue;
            }

            lines += 1 + line.Count((byte)'\n');
            if (ReadsAnyRecord(parser, line))
            {
                accepted += 1 + PlausibleContinuations(line);
            }
        }

        return new(format, binding, accepted, lines);
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

    /// <summary>
    /// Lines that a stack trace would have: indented, or begun as traces begin. Other continuations do not speak for a format, or one dated line
    /// would claim all that follows.
    /// </summary>
    static int PlausibleContinuations(ReadOnlySpan<byte> lines)
    {
        var count = 0;
        EventBoundary.TakeLine(ref lines);
        while (!lines.IsEmpty)
        {
            var line = EventBoundary.TakeLine(ref lines);
            count += line.IsEmpty || line[0] is (byte)' ' or (byte)'\t' || line.StartsWith("Caused by"u8) || line.StartsWith("Traceback"u8)
                || line.IndexOf("Exception"u8) >= 0 || line.IndexOf("Error"u8) >= 0 ? 1 : 0;
        }

        return count;
    }
}
