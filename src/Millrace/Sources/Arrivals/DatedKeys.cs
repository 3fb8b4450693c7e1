using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Sources.Arrivals;

/// <summary>
/// Learns from the keys of a bucket where in them the day stands, so that recent objects can be listed by prefixes: <c>logs/orders/2026/11/22/</c>. There are none where keys have no day, or where it comes after too
/// many different beginnings.
/// </summary>
sealed partial class DatedKeys
{
    const int MostStems = 64;

    readonly HashSet<(string Stem, string Pattern)> _stems = [];
    bool _isUseless;

    /// <summary>Looks at a key.</summary>
    public void Learn(string key)
    {
        if (_isUseless)
        {
            return;
        }

        var match = Day().Match(key);
        _isUseless = !match.Success || (_stems.Add((key[..match.Index], PatternOf(match))) && _stems.Count > MostStems);
    }

    /// <summary>The prefixes of the days around a point in time that begin with one; empty where the days cannot be told.</summary>
    public IReadOnlyList<string> Recent(string prefix, DateTimeOffset now) => _isUseless ? []
        : [.. _stems.SelectMany(one => new[] { -1, 0, 1 }.Select(days => one.Stem + now.UtcDateTime.AddDays(days).ToString(one.Pattern, CultureInfo.InvariantCulture)))
            .Where(recent => recent.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    static string PatternOf(Match day) => day.Groups["keyed"].Success ? "'year='yyyy'/month='MM'/day='dd"
        : day.Groups["s"].Value is { Length: > 0 } separator ? $"yyyy'{separator}'MM'{separator}'dd"
        : "yyyyMMdd";

    [GeneratedRegex(@"(?<![0-9])(20[0-9]{2}(?<s>[-/])[01][0-9]\k<s>[0-3][0-9]|20[0-9]{2}[01][0-9][0-3][0-9]|(?<keyed>year=20[0-9]{2}/month=[01][0-9]/day=[0-3][0-9]))(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
