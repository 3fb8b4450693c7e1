using System.Text.RegularExpressions;

namespace Millrace.Cli.Tests.Documents;

/// <summary>A fenced block that names a file, <c>```csharp src/…</c>, quotes it: what it shows stands in that file.</summary>
public sealed partial class QuotedCodeTests
{
    public static TheoryData<string> Walks => [.. Directory.EnumerateFiles(Path.Join(Repository.Root, "docs"), "adding-*.md").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Walks))]
    public void What_a_walk_quotes_stands_in_the_file(string walk)
    {
        var quotes = Quote().Matches(File.ReadAllText(Path.Join(Repository.Root, "docs", walk)));

        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote => Assert.Contains(quote.Groups["code"].Value, File.ReadAllText(Path.Join(Repository.Root, quote.Groups["file"].Value))));
    }

    [GeneratedRegex(@"^```\w+ (?<file>\S+/\S+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Quote();
}
