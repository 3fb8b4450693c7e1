using System.Globalization;

namespace Millrace.Reports.Layout;

/// <summary>
/// How wide text will be in a browser, without a browser: the widths of a Helvetica-like face by kind of letter, rounded up, since the reader's
/// font is not known.
/// </summary>
static class TextWidth
{
    const string Ellipsis = "…";

    public static double Of(string text, double fontSize) => Elements(text).Sum(Ems) * fontSize;

    /// <summary>The text, or its beginning and end where it is too wide; names of services differ at both.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        if (Of(text, fontSize) <= width)
        {
            return text;
        }

        var elements = Elements(text).ToList();
        for (var kept = Math.Min(elements.Count - 1, (int)(width / (0.25 * fontSize))); kept > 1; kept--)
        {
            var tail = kept * 2 / 5;
            var fitted = string.Concat(elements.Take(kept - tail)) + Ellipsis + string.Concat(elements.TakeLast(tail));
            if (Of(fitted, fontSize) <= width)
            {
                return fitted;
            }
        }

        return Ellipsis;
    }

    /// <summary>What a reader sees as one character, so that none is cut in two.</summary>
    static IEnumerable<string> Elements(string text)
    {
        for (var characters = StringInfo.GetTextElementEnumerator(text); characters.MoveNext();)
        {
            yield return characters.GetTextElement();
        }
    }

    static double Ems(string element) => element[0] switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.26,
        'I' or 'f' or 't' or 'r' or '-' or ' ' or '\u00a0' or '(' or ')' or '/' or '·' => 0.36,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.9,
        >= 'A' and <= 'Z' => 0.72,
        < '\u0250' or '…' => 0.58,
        _ => 1.05,
    };
}
