using System.Text;

namespace Millrace.Search;

/// <summary>Reads a regular expression for a text that every match of it has, so that whole blocks can be searched for that text first.</summary>
static class RegexLiteral
{
    const string Special = @"\[]{}()*+?.^$|";

    // Ignoring case, the runtime takes the sign of the kelvin for a k and a dotted capital for an i.
    const string EqualBeyondAscii = "kKiI";

    /// <summary>The longest run of ASCII that stands in every match; empty where none is plain to see.</summary>
    public static string LongestIn(string pattern, bool ignoresCase)
    {
        // What is in a group, an alternative or a count may be missing from a match.
        if (pattern.AsSpan().IndexOfAny("|({") >= 0)
        {
            return "";
        }

        var longest = "";
        var run = new StringBuilder();
        for (var at = 0; at < pattern.Length;)
        {
            var length = LengthOfPart(pattern, at);
            if (length == 0)
            {
                return "";
            }

            var behind = at + length < pattern.Length ? pattern[at + length] : '\0';
            var plain = length == 1 ? pattern[at] : length == 2 ? pattern[at + 1] : '\0';
            var isPlain = IsPlain(pattern, at, length, ignoresCase) && behind is not ('*' or '?');
            if (isPlain)
            {
                run.Append(plain);
            }

            // A character before + may stand several times: what follows does not follow its first.
            if (!isPlain || behind == '+')
            {
                longest = Longer(longest, run);
                run.Clear();
            }

            at += length;
        }

        return Longer(longest, run);
    }

    /// <summary>The length of a character, an escape or a class; 0 for a class that holds another.</summary>
    static int LengthOfPart(string pattern, int at)
    {
        if (pattern[at] == '\\')
        {
            // An escape of a letter may take those behind it, as in \u00e9 and \cA.
            var end = at + 2;
            while (end < pattern.Length && char.IsAsciiLetterOrDigit(pattern[at + 1]) && char.IsAsciiLetterOrDigit(pattern[end]))
            {
                end++;
            }

            return Math.Min(end, pattern.Length) - at;
        }

        return pattern[at] == '[' ? LengthOfClass(pattern, at) : 1;
    }

    static int LengthOfClass(string pattern, int at)
    {
        // A bracket that closes right after the opening is one of the class.
        var end = at + 1;
        end += end < pattern.Length && pattern[end] == '^' ? 1 : 0;
        end += end < pattern.Length && pattern[end] == ']' ? 1 : 0;
        for (; end < pattern.Length && pattern[end] != ']'; end++)
        {
            if (pattern[end] == '[')
            {
                return 0;
            }

            end += pattern[end] == '\\' ? 1 : 0;
        }

        return Math.Min(end + 1, pattern.Length) - at;
    }

    static bool IsPlain(string pattern, int at, int length, bool ignoresCase)
    {
        var isEscaped = pattern[at] == '\\' && length == 2 && !char.IsAsciiLetterOrDigit(pattern[at + 1]);
        var c = isEscaped ? pattern[at + 1] : pattern[at];
        return (isEscaped || (length == 1 && !Special.Contains(c, StringComparison.Ordinal)))
            && c is >= ' ' and <= '~'
            && !(ignoresCase && EqualBeyondAscii.Contains(c, StringComparison.Ordinal));
    }

    static string Longer(string longest, StringBuilder run) => run.Length > longest.Length ? run.ToString() : longest;
}
