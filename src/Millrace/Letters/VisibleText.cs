using System.Globalization;

namespace Millrace.Letters;

/// <summary>Text of logs for people's eyes: one line, no longer than helps, and nothing in it that steers how the rest is shown.</summary>
public static class VisibleText
{
    const char Replacement = '\ufffd';

    /// <summary>Line ends become a sign, other control characters and those that turn the direction of text U+FFFD. What is longer ends in an ellipsis.</summary>
    public static string Of(string text, int mostChars = 160)
    {
        var flat = text.ReplaceLineEndings("↵");
        var end = flat.Length <= mostChars ? flat.Length : char.IsHighSurrogate(flat[mostChars - 1]) ? mostChars - 1 : mostChars;
        var shown = string.Create(end, flat, (span, all) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Hides(all, i) ? Replacement : all[i];
            }
        });
        return end < flat.Length ? shown + "…" : shown;
    }

    /// <summary>What another program said, in one line that ends like a sentence.</summary>
    public static string Sentence(string text)
    {
        var line = Of(text.Trim(), 300);
        return line is [.., '.' or '!' or '?' or '…'] ? line : line + ".";
    }

    // Formats are the marks and overrides of direction, and what has no width; separators are of lines and paragraphs.
    static bool Hides(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => at == 0 || !char.IsSurrogatePair(text, at - 1),
        _ => false,
    };
}
