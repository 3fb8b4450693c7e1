namespace Millrace.Events;

/// <summary>One step in telling the endpoint from a path.</summary>
/// <param name="Pattern">A regular expression that means the same in RE2, Java and .NET, and that takes linear time in all of them.</param>
/// <param name="Replacement">What a match becomes, with <c>$1</c> and <c>$2</c> for its groups; null where it stays as it is.</param>
sealed record EndpointPattern(string Pattern, string? Replacement);

/// <summary>
/// What <see cref="EndpointTemplate"/> does, as regular expressions for other engines: first <see cref="Parameters"/> is replaced wherever it occurs in the
/// path, then the path is split at its slashes, and each segment becomes what the first of <see cref="Segments"/> that matches says.
/// </summary>
/// <remarks>
/// A number is an id whatever it means, a year and a month too: <c>/2015/05/</c> becomes <c>/{id}/{id}/</c>, since no segment can tell by itself. What is
/// replaced always has a digit in it: words, in whatever case, are never ids.
/// </remarks>
static class EndpointPatterns
{
    const string Hex = "[0-9a-fA-F]";
    const string HexLetter = "[a-fA-F]";

    const string DashedDate = "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
    const string CompactDate = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";
    const string Numbers = "[0-9]+(?:,[0-9]+)*";
    const string Uuid = $"{Hex}{{8}}-{Hex}{{4}}-[0-9]{Hex}{{3}}-{Hex}{{4}}-{Hex}{{12}}";

    const string Extension = @"\.[A-Za-z][A-Za-z0-9]{0,7}";
    const string Suffix = $"((?:{Extension}){{0,2}}|:[A-Za-z]+)";

    // Letters in the case that names have: "OAuth", "getUser", but not "aBqX".
    const string Humps = "(?:[a-z]{2,})?(?:[A-Z]+[a-z]+)*(?:[A-Z]{2,})?";
    const string HumpsWithCapital = "(?:[a-z]{2,})?(?:(?:[A-Z]+[a-z]+)+(?:[A-Z]{2,})?|[A-Z]{2,})";

    // The cases exclude each other, so that engines that backtrack do so once.
    const string Word = $"(?:[A-Za-z]*[0-9]*|[A-Za-z]*[0-9]+[a-z]+|{Humps}[0-9]+{HumpsWithCapital}|[0-9]+x[0-9]+)";

    static readonly string DigitThenLetter = EightOrMore("[0-9]", HexLetter);
    static readonly string LetterThenDigit = EightOrMore(HexLetter, "[0-9]");
    static readonly string HexId = $"(?:[0-9]{Hex}{{7,}}|{LetterThenDigit})";

    /// <summary>What is cut from every segment: <c>;jsessionid=…</c> and other matrix parameters.</summary>
    public static EndpointPattern Parameters { get; } = new(";[^/]*", "");

    /// <summary>What a segment is compared with, in this order.</summary>
    public static IReadOnlyList<EndpointPattern> Segments { get; } =
    [
        new($"^(?:{DashedDate}|{CompactDate}){Suffix}$", "{date}$1"),
        new($"^(?:{Numbers}|{Uuid}|{HexId}){Suffix}$", "{id}$1"),
        new($"^(.+[._-]){Uuid}{Suffix}$", "$1{id}$2"),
        new($"^(.+[.-])(?:{DigitThenLetter}|{LetterThenDigit})((?:{Extension}){{1,2}})$", "$1{id}$2"),
        new($"^{Word}(?:[-_]{Word})*={{0,2}}{Suffix}$", null),
        new($"^[A-Za-z0-9_-]{{16,}}={{0,2}}{Suffix}$", "{id}$1"),
    ];

    // Hexadecimal digits of two kinds: one case for each number of the first kind that they can start with, since RE2 cannot look ahead.
    static string EightOrMore(string first, string second)
    {
        var cases = Enumerable.Range(1, 6).Select(count => $"{first}{{{count}}}{second}{Hex}{{{7 - count},}}");
        return string.Join('|', [.. cases, $"{first}{{7,}}{second}{Hex}*"]);
    }
}
