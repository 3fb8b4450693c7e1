using System.Text.RegularExpressions;
using Millrace.Search;

namespace Millrace.Tests.Search;

public sealed class RegexLiteralTests
{
    [Theory]
    [InlineData("timed out", "timed out")]
    [InlineData(@"order \d+ failed", " failed")]
    [InlineData("^2026.*done$", "2026")]
    [InlineData("[Oo]rders", "rders")]
    [InlineData("sh?ipping", "ipping")]
    [InlineData("carrier+s and", "carrier")]
    [InlineData(@"a\.b\[c\]", "a.b[c]")]
    [InlineData(@"\u00e9 tat", " tat")]
    [InlineData("[]x]abc[^]y]", "abc")]
    [InlineData("this|that", "")]
    [InlineData("(a+)bcd", "")]
    [InlineData("ab{2}", "")]
    [InlineData(@"x\", "x")]
    public void The_longest_plain_run_is_found(string pattern, string expected) => Assert.Equal(expected, RegexLiteral.LongestIn(pattern, ignoresCase: false));

    [Fact]
    public void Letters_that_equal_others_beyond_ASCII_do_not_count_where_case_is_ignored() => Assert.Equal("SS", RegexLiteral.LongestIn("KISSING", ignoresCase: true));

    /// <summary>Whatever a pattern matches holds the run, so that looking for the run first loses no hit.</summary>
    [Fact]
    public void Every_match_has_it()
    {
        var random = new Random(7);
        string[] parts = ["a", "b", "ab", ".", "a*", "b?", "a+", "[ab]", "[^a]", @"\w", @"\.", "^", "$", "bb", @"\x61", "c"];
        var matches = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abc."[random.Next(4)]));
            if (Regex.Match(text, pattern) is { Success: true } match)
            {
                matches++;
                Assert.True(match.Value.Contains(RegexLiteral.LongestIn(pattern, ignoresCase: false), StringComparison.Ordinal), $"{pattern} in {text}");
            }
        }

        Assert.True(matches > 1000, $"{matches} matches are too few to tell.");
    }
}
