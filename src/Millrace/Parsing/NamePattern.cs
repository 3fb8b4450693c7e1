using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Parsing;

/// <summary>A pattern of file names or object keys with <c>{service}</c> or <c>{region}</c>, and <c>{date}</c>, such as <c>{service}-{date}.txt</c>.</summary>
sealed partial class NamePattern
{
    static readonly string[] Placeholders = ["{service}", "{region}", "{date}"];

    const string Date = @"\d{4}[-/]?\d{2}[-/]?\d{2}";

    // Made for the first name: most formats that have such a pattern are never asked.
    readonly Lazy<Regex> _regex;

    NamePattern(string regex) => _regex = new(() => new Regex(regex, RegexOptions.CultureInvariant));

    /// <summary>Reads a pattern. <c>*</c> stands for anything within one path segment.</summary>
    public static NamePattern Compile(string pattern)
    {
        if (!pattern.Contains("{service}", StringComparison.Ordinal) && !pattern.Contains("{region}", StringComparison.Ordinal))
        {
            throw new UserException($"The pattern '{pattern}' does not say where the service stands. Expected {{service}} in it, as in {{service}}-{{date}}.txt.", UserException.Usage);
        }

        if (Placeholder().Matches(pattern).Select(found => found.Value).FirstOrDefault(name => !Placeholders.Contains(name)) is { } unknown)
        {
            throw new UserException($"The pattern '{pattern}' has an unknown placeholder {unknown}. Expected {{service}}, {{region}} or {{date}}; '*' stands for anything else.", UserException.Usage);
        }

        var regex = new StringBuilder(Regex.Escape(pattern))
            .Replace(Regex.Escape("{service}"), "(?<service>[^/]+?)")
            .Replace(Regex.Escape("{region}"), "(?<service>[a-z]{2}(?:-[a-z]+)+-[0-9]+)")
            .Replace(Regex.Escape("{date}"), Date)
            .Replace(@"\*", "[^/]*");
        var end = pattern.EndsWith('/') ? "" : "$";
        return new($"(?:^|/){regex}{end}");
    }

    /// <summary>The service that a name tells; null where the name is not of the pattern. A compression suffix is not part of the name.</summary>
    public string? Match(string name)
    {
        var match = _regex.Value.Match(WithoutCompressionSuffix(name));
        return match.Success ? match.Groups["service"].Value : null;
    }

    static string WithoutCompressionSuffix(string name) =>
        name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name.EndsWith(".zst", StringComparison.Ordinal) ? name[..^4] : name;

    [GeneratedRegex(@"\{[^{}/]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
