using System.Globalization;

namespace Millrace.Generation.Tasks;

/// <summary>Numbers and instants as Java writes them: the reference data came from a Java program.</summary>
static class JavaText
{
    /// <summary>Double.toString: the shortest digits that read back the same, at least one after the point; E notation outside 0.001 to 10 million.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var exponent = Exponent(shortest.TrimStart('-'));
        var isPlain = Math.Abs(value) is >= 1e-3 and < 1e7;
        return (value < 0 ? "-" : "") + (isPlain ? Plain(digits, exponent) : $"{digits[0]}.{Rest(digits, 1)}E{exponent}");
    }

    /// <summary>Instant.toString: UTC, with no fraction when it is zero, else 3, 6 or 9 digits.</summary>
    public static string Instant(DateTimeOffset instant)
    {
        var fraction = instant.UtcTicks % TimeSpan.TicksPerSecond;
        var format = fraction switch
        {
            0 => "yyyy-MM-ddTHH:mm:ssZ",
            _ when fraction % TimeSpan.TicksPerMillisecond == 0 => "yyyy-MM-ddTHH:mm:ss.fffZ",
            _ when fraction % TimeSpan.TicksPerMicrosecond == 0 => "yyyy-MM-ddTHH:mm:ss.ffffffZ",
            _ => "yyyy-MM-ddTHH:mm:ss.fffffff00Z",
        };
        return instant.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    static string Digits(string number)
    {
        var end = number.IndexOf('E');
        var digits = string.Concat((end < 0 ? number : number[..end]).Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
    }

    /// <summary>The power of ten of the first digit that is not zero.</summary>
    static int Exponent(string number)
    {
        if (number.IndexOf('E') is var mark and >= 0)
        {
            return int.Parse(number.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var point = number.IndexOf('.') is var found and >= 0 ? found : number.Length;
        var first = number.AsSpan().IndexOfAnyInRange('1', '9');
        return first < point ? point - first - 1 : point - first;
    }

    static string Plain(string digits, int exponent) => exponent < 0
        ? "0." + new string('0', -exponent - 1) + digits
        : $"{digits.PadRight(exponent + 1, '0')[..(exponent + 1)]}.{Rest(digits, exponent + 1)}";

    static string Rest(string digits, int from) => digits.Length > from ? digits[from..] : "0";
}
