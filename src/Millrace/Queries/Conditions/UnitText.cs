using System.Globalization;

namespace Millrace.Queries.Conditions;

/// <summary>Numbers with a unit behind them, as people write durations and sizes.</summary>
static class UnitText
{
    const decimal Largest = 1e19m;

    /// <summary>Units of durations, in microseconds. Both letters that look like µ are one.</summary>
    public static readonly (string Name, long Size)[] Durations =
        [("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("µs", 1), ("μs", 1), ("min", 60_000_000)];

    /// <summary>Units of sizes, in bytes.</summary>
    public static readonly (string Name, long Size)[] Sizes =
        [("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    /// <summary>The size of a unit, in upper or lower case; 0 where there is none of that name.</summary>
    public static long Find((string Name, long Size)[] units, string name) =>
        Array.Find(units, unit => unit.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Size;

    /// <summary>The units as a choice.</summary>
    public static string Expected((string Name, long Size)[] units)
    {
        string[] names = [.. units.Select(unit => unit.Name).Where(name => char.IsAscii(name[0]) && name != "min")];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>How long the number is that a text begins with; 0 where it begins with something else.</summary>
    public static int NumberLength(ReadOnlySpan<char> text)
    {
        var start = text is ['+' or '-', ..] ? 1 : 0;
        var whole = CountDigits(text[start..]);
        var fraction = whole > 0 && text[(start + whole)..] is ['.', .. var rest] && CountDigits(rest) is > 0 and var digits ? digits + 1 : 0;
        return whole == 0 ? 0 : start + whole + fraction;
    }

    /// <summary>A number of <see cref="NumberLength"/>; 0 where it is empty. False where it is greater than any value.</summary>
    public static (decimal Number, bool IsInReach) Number(ReadOnlySpan<char> digits)
    {
        decimal number = 0;
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isRead = digits.IsEmpty || decimal.TryParse(digits, Plain, CultureInfo.InvariantCulture, out number);
        return (number, isRead && Math.Abs(number) < Largest);
    }

    static int CountDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
