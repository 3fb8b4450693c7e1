using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Sources;

/// <summary>
/// A path with wildcards: <c>*</c> and <c>?</c> within one folder's names, <c>**</c> for any number of folders, <c>[a-z]</c>, <c>[!0-9]</c>
/// and <c>{a,b}</c>. A wildcard does not stand for a leading dot, and <c>**</c> enters no hidden folder.
/// </summary>
sealed class GlobPattern
{
    const string Wildcards = "*?[{";

    GlobPattern(string text)
    {
        var wild = text.AsSpan().IndexOfAny(Wildcards);
        Prefix = wild < 0 ? text : text[..wild];
        var rootLength = Prefix.LastIndexOf('/') + 1;
        Root = text[..rootLength];
        Segments = [.. text[rootLength..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => new Segment(segment))];
    }

    /// <summary>What every match begins with.</summary>
    public string Prefix { get; }

    /// <summary>The folder, with its closing slash, that holds whatever can match; empty for the working directory.</summary>
    public string Root { get; }

    /// <summary>What is below the root, name by name.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    public static bool IsGlob(string text) => text.AsSpan().IndexOfAny(Wildcards) >= 0;

    /// <summary>One pattern for each way to choose among the braces' alternatives.</summary>
    public static IEnumerable<GlobPattern> Parse(string text) => ExpandBraces(text).Select(expanded => new GlobPattern(expanded));

    /// <summary>True where a path below the root matches, or lies in a folder that matches.</summary>
    public bool IsMatch(string path) => IsMatch(path.Split('/'), Segments, 0, 0);

    static bool IsMatch(string[] names, IReadOnlyList<Segment> segments, int name, int segment)
    {
        if (segment == segments.Count)
        {
            return !HiddenNames.IsHidden(names.AsSpan(name));
        }

        if (name == names.Length)
        {
            return false;
        }

        if (segments[segment].IsDeep)
        {
            return segment + 1 == segments.Count && !HiddenNames.IsHidden(names.AsSpan(name))
                || IsMatch(names, segments, name, segment + 1)
                || (name + 1 < names.Length && !HiddenNames.IsHiddenFolder(names[name]) && IsMatch(names, segments, name + 1, segment));
        }

        return segments[segment].IsMatch(names[name]) && IsMatch(names, segments, name + 1, segment + 1);
    }

    static IEnumerable<string> ExpandBraces(string text)
    {
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            if (TrySplitBraces(text, open, out var alternatives, out var end))
            {
                var (before, after) = (text[..open], text[(end + 1)..]);
                return alternatives.SelectMany(alternative => ExpandBraces(before + alternative + after));
            }
        }

        return [text];
    }

    /// <summary>False where the brace is never closed or has no alternatives, and so stands for itself.</summary>
    static bool TrySplitBraces(string text, int open, out List<string> alternatives, out int end)
    {
        alternatives = [];
        var (depth, start) = (0, open + 1);
        for (end = open; end < text.Length; end++)
        {
            depth += text[end] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0 || (depth == 1 && text[end] == ','))
            {
                alternatives.Add(text[start..end]);
                start = end + 1;
            }

            if (depth == 0)
            {
                return alternatives.Count > 1;
            }
        }

        return false;
    }

    /// <summary>The pattern of one name.</summary>
    internal sealed class Segment(string text)
    {
        readonly Regex _pattern = new(ToRegex(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

        /// <summary>True for <c>**</c>.</summary>
        public bool IsDeep { get; } = text == "**";

        /// <summary>The name itself where the pattern is no pattern; otherwise null.</summary>
        public string? Literal { get; } = IsGlob(text) ? null : text;

        public bool IsMatch(string name) => (!name.StartsWith('.') || text.StartsWith('.')) && _pattern.IsMatch(name);

        static string ToRegex(string text)
        {
            var regex = new StringBuilder(@"\A");
            for (var i = 0; i < text.Length; i++)
            {
                var close = text[i] == '[' ? text.IndexOf(']', Math.Min(i + 2, text.Length)) : -1;
                regex.Append(text[i] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    '[' when close > 0 => ToSet(text[(i + 1)..close]),
                    var other => Regex.Escape(other.ToString()),
                });
                i = Math.Max(i, close);
            }

            return regex.Append(@"\z").ToString();
        }

        static string ToSet(string members)
        {
            var isNegated = members.Length > 1 && members[0] is '!' or '^';
            var escaped = members[(isNegated ? 1 : 0)..].Replace(@"\", @"\\").Replace("[", @"\[").Replace("]", @"\]").Replace("^", @"\^");
            return $"[{(isNegated ? "^" : "")}{escaped}]";
        }
    }
}
