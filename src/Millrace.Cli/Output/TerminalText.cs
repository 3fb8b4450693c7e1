using System.Globalization;
using System.Text;

namespace Millrace.Cli.Output;

/// <summary>Text in the cells of a terminal: letters of East Asia and pictures take two, marks on other letters none.</summary>
static class TerminalText
{
    const char Ellipsis = '…';
    const char Hidden = '·';
    const char PictureFollows = '\ufe0f';

    /// <summary>The first and last of each range of characters that take two cells, in order (Unicode's East Asian Width).</summary>
    static ReadOnlySpan<int> Wide =>
    [
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce,
        0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
        0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf,
        0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3,
        0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18d08, 0x1aff0, 0x1b2fb, 0x1f004, 0x1f004,
        0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1e6, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca,
        0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e,
        0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2,
        0x1f6d5, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff,
        0x20000, 0x3fffd,
    ];

    /// <summary>How many cells a text takes.</summary>
    public static int Width(string text)
    {
        if (IsPlain(text))
        {
            return text.Length;
        }

        var width = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            width += WidthOfFirst(rest, out var length);
            rest = rest[length..];
        }

        return width;
    }

    /// <summary>A text, or as much of its beginning as fits with an ellipsis behind it. No character is cut in two.</summary>
    public static string Fit(string text, int width)
    {
        if (text.Length <= width && IsPlain(text))
        {
            return text;
        }

        var (kept, used) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            used += WidthOfFirst(text.AsSpan(at), out var length);
            if (used > width)
            {
                return $"{text.AsSpan(0, kept)}{Ellipsis}";
            }

            at += length;
            kept = used < width ? at : kept;
        }

        return text;
    }

    /// <summary>A text filled with spaces up to a width.</summary>
    public static string Pad(string text, int width, bool toTheRight)
    {
        var spaces = new string(' ', Math.Max(width - Width(text), 0));
        return toTheRight ? spaces + text : text + spaces;
    }

    /// <summary>A text on one line, in which nothing steers a terminal or turns the direction of what follows.</summary>
    public static string Visible(string text) => IsPlain(text) || !text.Any(IsHidden) ? text : string.Concat(text.Select(c => IsHidden(c) ? Hidden : c));

    /// <summary>Words in lines of a width; a word that is wider has a line of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Width(line) + 1 + Width(word) > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    /// <summary>Control characters, and those that have no width or turn the direction; not the joiners of letters and pictures.</summary>
    static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u00ad' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';

    /// <summary>The width of what a reader sees as one character, which may be several: that of the widest of them.</summary>
    static int WidthOfFirst(ReadOnlySpan<char> text, out int length)
    {
        length = StringInfo.GetNextTextElementLength(text);
        var width = 0;
        foreach (var rune in text[..length].EnumerateRunes())
        {
            width = Math.Max(width, rune.Value == PictureFollows ? 2 : WidthOf(rune));
        }

        return width;
    }

    static int WidthOf(Rune rune)
    {
        if (rune.Value < Wide[0])
        {
            return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : 1;
        }

        // Where it would stand among the ends of ranges: after a first one is within a range.
        var at = Wide.BinarySearch(rune.Value);
        return at >= 0 || (~at & 1) == 1 ? 2
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1;
    }
}
