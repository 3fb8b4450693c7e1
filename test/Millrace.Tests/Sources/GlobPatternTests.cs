using Millrace.Sources;

namespace Millrace.Tests.Sources;

public class GlobPatternTests
{
    [Theory]
    [InlineData("*.gz", "a.gz", true)]
    [InlineData("*.gz", "a.gz.tmp", false)]
    [InlineData("*.gz", "x/a.gz", false)]
    [InlineData("*/*.gz", "x/a.gz", true)]
    [InlineData("**/*.gz", "a.gz", true)]
    [InlineData("**/*.gz", "x/y/a.gz", true)]
    [InlineData("**/*.gz", "_delta_log/a.gz", false)]
    [InlineData("**/*.gz", ".git/a.gz", false)]
    [InlineData("**", "x/y/a.gz", true)]
    [InlineData("**/y/*", "x/y/a.gz", true)]
    [InlineData("**/y/*", "x/z/a.gz", false)]
    [InlineData("x*", "x1/y/a.gz", true)]
    [InlineData("x*", "x1/_delta_log/a.gz", false)]
    [InlineData("*.log", ".hidden.log", false)]
    [InlineData(".h*.log", ".hidden.log", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[!a-c]x", "ax", false)]
    [InlineData("[^a]x", "ax", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("a(b)+.*", "a(b)+.c", true)]
    [InlineData("{a,b}.log", "b.log", true)]
    [InlineData("{a,b}.log", "c.log", false)]
    [InlineData("{a,b{1,2}}/*.log", "b2/x.log", true)]
    [InlineData("{x/y,z}/*.log", "x/y/1.log", true)]
    [InlineData("{a}", "{a}", true)]
    [InlineData("{a,", "{a,", true)]
    [InlineData("a{,.gz}", "a.gz", true)]
    [InlineData("a{,.gz}", "a", true)]
    [InlineData("*", "x//a", true)]
    public void A_glob_matches_as_a_shell_would(string glob, string path, bool matches)
        => Assert.Equal(matches, GlobPattern.Parse(glob).Any(pattern => path.StartsWith(pattern.Prefix, StringComparison.Ordinal) && pattern.IsMatch(path[pattern.Root.Length..])));

    [Theory]
    [InlineData("logs/2026/a*/x.gz", "logs/2026/a", "logs/2026/")]
    [InlineData("*.gz", "", "")]
    [InlineData("/var/log/**", "/var/log/", "/var/log/")]
    public void A_glob_knows_what_every_match_begins_with(string glob, string prefix, string root)
    {
        var pattern = Assert.Single(GlobPattern.Parse(glob));

        Assert.Equal(prefix, pattern.Prefix);
        Assert.Equal(root, pattern.Root);
    }
}
