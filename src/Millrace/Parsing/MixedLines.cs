using Millrace.Parsing.Lines;

namespace Millrace.Parsing;

/// <summary>Lines in the head of a file that the file's format does not read and another does.</summary>
/// <param name="Format">The other format; the file's own where a second header begins another table.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="FirstLine">The number of the first of them, from 1.</param>
/// <param name="IsHeader">True where they begin with a header that differs from the file's.</param>
public sealed record MixedLines(LogFormat Format, int Lines, int FirstLine, bool IsHeader = false)
{
    /// <summary>The share of lines below which another format is not worth a word.</summary>
    const double LeastShare = 0.05;

    /// <summary>How many rejected lines are tried as a header.</summary>
    const int MostHeaders = 3;

    /// <summary>What else a head holds, most lines first.</summary>
    internal static IReadOnlyList<MixedLines> In(FormatInput input, ReadOnlySpan<byte> head, FormatShare best, IReadOnlyList<FormatShare> ranking)
    {
        var least = Math.Max(1, best.Lines * LeastShare);
        if (best.Lines - best.Accepted < least)
        {
            return [];
        }

        var unread = best.Reads.Select(isRead => !isRead).ToArray();
        var found = new List<MixedLines>();
        if (SecondHeader(input, head, best) is { } second && second.Lines >= least)
        {
            found.Add(second);
            Array.Clear(unread, second.FirstLine - 1, unread.Length - second.FirstLine + 1);
        }

        while (ranking.Select(share => Among(share, unread)).MaxBy(lines => lines.Lines) is { } most && most.Lines >= least)
        {
            found.Add(most);
            Remove(unread, ranking.First(share => share.Format == most.Format));
        }

        return found;
    }

    static MixedLines Among(FormatShare share, bool[] unread)
    {
        var lines = Enumerable.Range(0, Math.Min(unread.Length, share.Reads.Count)).Where(index => unread[index] && share.Reads[index]).ToList();
        return new(share.Format, lines.Count, lines.FirstOrDefault() + 1);
    }

    static void Remove(bool[] unread, FormatShare share)
    {
        for (var index = 0; index < Math.Min(unread.Length, share.Reads.Count); index++)
        {
            unread[index] &= !share.Reads[index];
        }
    }

    /// <summary>The lines behind a line that the format rejects, where it would take the file if that line were the first.</summary>
    static MixedLines? SecondHeader(FormatInput input, ReadOnlySpan<byte> head, FormatShare best)
    {
        var rest = head;
        var tried = 0;
        for (var index = 0; index < best.Reads.Count && tried < MostHeaders && !rest.IsEmpty; index++)
        {
            var start = head.Length - rest.Length;
            var line = EventBoundary.TakeLine(ref rest);
            if (line.IsEmpty || best.Reads[index] || best.Binding.JoinsLines)
            {
                continue;
            }

            tried++;
            if (best.Format.Bind(input with { Head = input.Head[start..] }) is { } binding)
            {
                var share = FormatDetector.Measure(best.Format, binding, binding.CreateParser(), head[start..]);
                var gained = Enumerable.Range(0, share.Reads.Count).Count(later => share.Reads[later] && !best.Reads[index + later]);
                if (share.Reads[0] && gained > 0)
                {
                    return new(best.Format, gained, index + 1, IsHeader: true);
                }
            }
        }

        return null;
    }
}
