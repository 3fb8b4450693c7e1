using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Search;

/// <summary>Something that a line's text has or has not.</summary>
abstract class SearchTerm
{
    static readonly TimeSpan MostForALine = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that stand in every text that the term is in; null where none are known.</summary>
    public virtual TermFinder? Finder => null;

    /// <summary>How long what the finder looks for is: the longer, the rarer.</summary>
    public virtual int Length => 0;

    /// <summary>True where the text has the term.</summary>
    public abstract bool IsIn(ReadOnlySpan<byte> text);

    /// <summary>A term as a user writes it.</summary>
    public static SearchTerm Of(string text, bool isRegex, bool ignoresCase) =>
        isRegex ? new Expression(text, ignoresCase)
        : !ignoresCase || Ascii.IsValid(text) ? new Literal(Encoding.UTF8.GetBytes(text), ignoresCase)
        : new Words(text);

    /// <summary>The same bytes, or the same but for the case of ASCII letters.</summary>
    sealed class Literal(byte[] term, bool ignoresCase) : SearchTerm
    {
        readonly TermFinder _finder = new(term, ignoresCase);

        public override TermFinder Finder => _finder;

        public override int Length => term.Length;

        public override bool IsIn(ReadOnlySpan<byte> text) => _finder.IndexOf(text) >= 0;
    }

    /// <summary>A text with letters beyond ASCII whose case does not matter. None of them equals one of ASCII, so that what the text has of ASCII can be looked for first.</summary>
    sealed class Words : SearchTerm
    {
        readonly string _text;
        readonly TermFinder? _finder;

        public Words(string text)
        {
            _text = text;
            var ascii = string.Concat(text.Select(c => char.IsAscii(c) ? c : '\0')).Split('\0').MaxBy(run => run.Length)!;
            _finder = ascii.Length > 1 ? new TermFinder(Encoding.ASCII.GetBytes(ascii), ignoresCase: true) : null;
            Length = _finder is null ? 0 : ascii.Length;
        }

        public override TermFinder? Finder => _finder;

        public override int Length { get; }

        public override bool IsIn(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).Contains(_text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A regular expression, of the kind that never goes back and so takes no longer than the line is long.</summary>
    sealed class Expression : SearchTerm
    {
        readonly Regex _regex;
        readonly byte[] _literal;
        readonly TermFinder? _finder;

        public Expression(string pattern, bool ignoresCase)
        {
            try
            {
                _regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None), MostForALine);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new UserException($"'{pattern}' is no regular expression that can be searched for: {e.Message}", UserException.Usage, e);
            }

            _literal = Encoding.ASCII.GetBytes(RegexLiteral.LongestIn(pattern, ignoresCase));
            _finder = _literal.Length > 1 ? new TermFinder(_literal, ignoresCase) : null;
        }

        public override TermFinder? Finder => _finder;

        public override int Length => _literal.Length;

        public override bool IsIn(ReadOnlySpan<byte> text) => _regex.IsMatch(Encoding.UTF8.GetString(text));
    }
}
