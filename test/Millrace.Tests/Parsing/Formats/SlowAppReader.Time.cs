using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Formats;

sealed partial class SlowAppReader
{
    /// <summary>Reads a time; the calendar is the runtime's.</summary>
    bool Time(out bool isCertain)
    {
        const string clock = @"(?<h>[01][0-9]|2[0-3]):(?<mi>[0-5][0-9]):(?<s>[0-5][0-9]|60)(?:[.,](?<f>[0-9]+))?";
        const string zone = @"(?<zone>[Zz]|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?| [+-](?:0[0-9]|1[0-5]):?[0-5][0-9](?![A-Za-z0-9]))?";
        isCertain = true;
        if (Take($@"(?<y>[0-9]{{4}})(?<sep>[-/.])(?<mo>[0-9][0-9])\k<sep>(?<d>[0-9][0-9])[Tt _](?:{clock}|(?<h>[01][0-9]|2[0-3]):(?<mi>[0-5][0-9])(?!:)){zone}")
            || Take($"(?<y>[0-9]{{2}})/(?<mo>[0-9][0-9])/(?<d>[0-9][0-9]) {clock}")
            || Take($"(?<d>[0-9][0-9])-(?<month>[A-Za-z]{{3}})-(?<y>[0-9]{{4}}) {clock}"))
        {
            return Calendar();
        }

        isCertain = false;
        return Take(@"(?<y>[0-9]{2})(?<mo>[0-9][0-9])(?<d>[0-9][0-9]) (?<h>[01][0-9]|2[0-3])(?<mi>[0-5][0-9])(?<s>[0-5][0-9]|60)") ? Calendar() : Take(clock);
    }

    bool Calendar()
    {
        var year = _match.Groups["y"].Length == 2 ? Century(Number("y")) : Number("y");
        var month = _match.Groups["month"].Success ? _match.Groups["month"].Value : _match.Groups["mo"].Value;
        var format = _match.Groups["month"].Success ? "yyyy-MMM-dd" : "yyyy-MM-dd";
        if (!DateTime.TryParseExact($"{year:0000}-{month}-{_match.Groups["d"].Value}", format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        var time = date.AddHours(Number("h")).AddMinutes(Number("mi")).AddSeconds(Number("s"));
        var fraction = int.Parse((_match.Groups["f"].Value + "000000")[..6], CultureInfo.InvariantCulture);
        var offset = Regex.Match(_match.Groups["zone"].Value, @"(?<sign>[+-])(?<h>\d\d):?(?<m>\d\d)?");
        if (offset.Success)
        {
            var minutes = (int.Parse(offset.Groups["h"].Value, CultureInfo.InvariantCulture) * 60) + int.Parse("0" + offset.Groups["m"].Value, CultureInfo.InvariantCulture);
            time = time.AddMinutes(offset.Groups["sign"].Value == "-" ? minutes : -minutes);
        }

        _fields["time"] = SomeAppLine.Time(((time - DateTime.UnixEpoch).Ticks / 10) + fraction);
        return true;
    }

    int Number(string group) => int.Parse("0" + _match.Groups[group].Value, CultureInfo.InvariantCulture);

    static int Century(int year) => year < 69 ? 2000 + year : 1900 + year;
}
