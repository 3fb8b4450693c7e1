using System.Globalization;

namespace Millrace.Reports;

/// <summary>Numbers as people read them, the same in every culture. A no-break space parts number and unit.</summary>
static class Figures
{
    /// <summary>Shown where a measure is not known.</summary>
    public const string Unknown = "–";

    const char Gap = '\u00a0';

    /// <summary>Three digits and a unit: 12.3 k.</summary>
    public static string Count(long count) =>
        Math.Abs(count) < 1000 ? Text(count, "0") : Scaled(count, 1000, ["", "k", "M", "G", "T", "P", "E"]);

    /// <summary>Every digit: 12,345.</summary>
    public static string Exact(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Decimal units: 1.2 MB.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, 1000, ["B", "kB", "MB", "GB", "TB", "PB", "EB"]);

    public static string Milliseconds(double milliseconds) => milliseconds switch
    {
        < 999.5 => ThreeDigits(milliseconds) + Gap + "ms",
        < 59_950 => ThreeDigits(milliseconds / 1000) + Gap + "s",
        _ => ThreeDigits(milliseconds / 60_000) + Gap + "min",
    };

    /// <summary>A share of 0 to 1 in per cent. Neither a little nor almost all is rounded to none or all.</summary>
    public static string Share(double share) => share switch
    {
        <= 0 => "0" + Gap + "%",
        < 0.0001 => "<0.01" + Gap + "%",
        < 0.01 => Text(share * 100, "0.##") + Gap + "%",
        < 0.0995 => Text(share * 100, "0.#") + Gap + "%",
        < 0.995 => Text(share * 100, "0") + Gap + "%",
        < 1 => ">99" + Gap + "%",
        _ => "100" + Gap + "%",
    };

    /// <summary>Any real number, with at most four digits after the point.</summary>
    public static string Number(double number) => Text(number, Math.Abs(number) < 10 ? "0.####" : "#,0.##");

    static string Scaled(double value, double step, ReadOnlySpan<string> units)
    {
        var unit = 0;
        while (Math.Abs(value) >= step * 0.9995 && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        return ThreeDigits(value) + Gap + units[unit];
    }

    static string ThreeDigits(double value) => Text(value, Math.Abs(value) switch
    {
        < 9.995 => "0.##",
        < 99.95 => "0.#",
        _ => "0",
    });

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
