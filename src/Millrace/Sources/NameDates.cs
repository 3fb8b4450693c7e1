using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Sources;

/// <summary>
/// Reads the day, and where it is beyond doubt the hour, that a file's name or an object's key speaks of, so that files outside a range
/// need not be read. Whatever is not certain counts as no date.
/// </summary>
static partial class NameDates
{
    const int UuidLength = 36;

    /// <summary>Zones, rotation after midnight and late delivery put lines into the neighbouring day's file.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    /// <summary>False where every line of the file must lie outside since ≤ timestamp ≤ until.</summary>
    /// <param name="name">The path or address.</param>
    /// <param name="foundFrom">
    /// Where the part begins that was found and not written by the user. A date that ends before it says where the user keeps the files.
    /// </param>
    /// <param name="since">The range's beginning, if any.</param>
    /// <param name="until">The range's end, if any.</param>
    public static bool MayHold(string name, int foundFrom, DateTimeOffset? since, DateTimeOffset? until)
        => (since is null && until is null)
            || !TryFind(name, foundFrom, out var start, out var length)
            || ((since is null || start + length + Margin > since) && (until is null || start - Margin <= until));

    /// <summary>The one span of time that the name speaks of; false where it speaks of none, or of several that differ.</summary>
    internal static bool TryFind(string name, int foundFrom, out DateTimeOffset start, out TimeSpan length)
    {
        (start, length) = (default, default);
        var mentions = FindMentions(name.Replace('\\', '/'), foundFrom).ToList();
        if (mentions.Count == 0 || mentions.Exists(mention => mention.Day is null || mention.Day != mentions[0].Day))
        {
            return false;
        }

        var hours = mentions.Where(mention => mention.Hour is not null).Select(mention => mention.Hour!.Value).Distinct().ToList();
        var isHour = hours.Count == 1;
        start = new DateTimeOffset(mentions[0].Day!.Value.ToDateTime(new TimeOnly(isHour ? hours[0] : 0, 0)), TimeSpan.Zero);
        length = isHour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        return true;
    }

    static IEnumerable<Mention> FindMentions(string name, int foundFrom) =>
        from pattern in (Regex[])[Separated(), Compact(), Keyed()]
        from match in pattern.Matches(name)
        where match.Index + match.Length > foundFrom && !IsInUuid(name, match)
        let day = ToDay(match)
        where day is not null
        select IsDayFirst(name, match) ? new Mention(null, null) : new Mention(day, ToHour(match));

    static DateOnly? ToDay(Match match)
    {
        var (year, month, day) = (ToNumber(match.Groups["y"]), ToNumber(match.Groups["m"]), ToNumber(match.Groups["d"]));
        var isPlausible = year is >= 1990 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return isPlausible ? new DateOnly(year, month, day) : null;
    }

    static int? ToHour(Match match) => match.Groups["h"] is { Success: true } hour ? ToNumber(hour) : null;

    static int ToNumber(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>True for what reads like year-month-day but may be the end of day-month-year-hour-minute.</summary>
    static bool IsDayFirst(string name, Match match)
    {
        var separator = match.Groups["s"];
        return separator.Success && match.Index >= 6 && name.AsSpan(match.Index - 6, 6) is [var d1, var d2, var s1, var m1, var m2, var s2]
            && s1 == separator.ValueSpan[0] && s2 == s1 && char.IsAsciiDigit(d1) && char.IsAsciiDigit(d2) && char.IsAsciiDigit(m1) && char.IsAsciiDigit(m2);
    }

    static bool IsInUuid(string name, Match match)
        => name.Length - match.Index >= UuidLength && Guid.TryParseExact(name.AsSpan(match.Index, UuidLength), "D", out _);

    const string Hour = "(?<h>[01][0-9]|2[0-3])";

    // An hour is read only from what cannot be a shard's or a rotation's number: after T, as a folder below the day, by its key, or
    // before minutes. `app-2026-11-22-01.log` may be the day's second file.
    const string HourFolder = $"/{Hour}/|/(?:hour|hh|h)=0?(?<h>[0-9]|1[0-9]|2[0-3])(?![0-9])";
    const string HourAfter = $"(?=T{Hour}|{HourFolder}|[-_]{Hour}[-_:.]?[0-5][0-9](?![0-9])|)";

    /// <summary><c>2026-11-22</c>, <c>2026/11/22</c>, <c>2026_11_22</c> or <c>2026.11.22</c>.</summary>
    [GeneratedRegex($@"(?<![0-9])(?<y>[0-9]{{4}})(?<s>[-/_.])(?<m>[0-9]{{2}})\k<s>(?<d>[0-9]{{2}})(?![0-9]){HourAfter}", RegexOptions.CultureInvariant)]
    private static partial Regex Separated();

    /// <summary>
    /// <c>20261122</c>, also with the hour or the whole time after it. Letters may touch it, other digits may not: a hexadecimal name is no date.
    /// Twelve digits are more often an account's number than a minute.
    /// </summary>
    [GeneratedRegex(
        $"(?<![0-9A-Za-z])[A-Za-z]*(?<y>[0-9]{{4}})(?<m>[0-9]{{2}})(?<d>[0-9]{{2}})(?:{Hour}(?:[0-9]{{4}})?|T{Hour}[0-9]*|)[A-Za-z]*(?![0-9A-Za-z])"
            + $"(?={HourFolder}|)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Compact();

    /// <summary><c>year=2026/month=11/day=22</c>, also with <c>/hour=5</c>.</summary>
    [GeneratedRegex(
        $"(?<![A-Za-z])(?:year|yyyy|y)=(?<y>[0-9]{{4}})/(?:month|mm|m)=(?<m>[0-9]{{1,2}})/(?:day|dd|d)=(?<d>[0-9]{{1,2}})(?![0-9])(?={HourFolder}|)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Keyed();

    /// <param name="Day">The day; null where it cannot be told which.</param>
    /// <param name="Hour">The hour, where it is certain.</param>
    sealed record Mention(DateOnly? Day, int? Hour);
}
