using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Layouts;

/// <summary>What the words of layouts mean, and how the text of each kind is read.</summary>
static partial class OracleKinds
{
    const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public static (string Name, OracleKind Kind) OfNginx(string variable) => variable switch
    {
        "time_local" => (variable, OracleKind.ClfTime),
        "time_iso8601" => (variable, OracleKind.IsoTime),
        "msec" => (variable, OracleKind.EpochTime),
        "status" => (variable, OracleKind.Status),
        "body_bytes_sent" or "bytes_sent" or "request_length" or "connection" or "connection_requests" => (variable, OracleKind.Integer),
        "request_time" => (variable, OracleKind.Seconds),
        "upstream_response_time" or "upstream_connect_time" or "upstream_header_time" => (variable.Replace("_time", "_duration_us", StringComparison.Ordinal), OracleKind.SecondsList),
        "upstream_addr" or "upstream_status" => (variable, OracleKind.List),
        _ => (variable, OracleKind.Text),
    };

    public static (string Name, OracleKind Kind) OfApache(string letter, string argument) => (letter, argument) switch
    {
        ("t", "clf") => ("time", OracleKind.ClfTime),
        ("t", "sec" or "msec" or "usec" or "begin:msec") => ("time", OracleKind.EpochTime),
        ("t", _) => ("time", OracleKind.AnyTime),
        ("s", _) => ("status", OracleKind.Status),
        ("b" or "B", _) => ("body_bytes_sent", OracleKind.Integer),
        ("O", _) => ("bytes_sent", OracleKind.Integer),
        ("I", _) => ("bytes_received", OracleKind.Integer),
        ("S", _) => ("bytes_transferred", OracleKind.Integer),
        ("p", _) => ("port", OracleKind.Integer),
        ("P", _) => ("pid", OracleKind.Integer),
        ("k", _) => ("keepalive_requests", OracleKind.Integer),
        ("D", _) => ("duration_us", OracleKind.Microseconds),
        ("T", "ms") => ("duration", OracleKind.Milliseconds),
        ("T", "us") => ("duration", OracleKind.Microseconds),
        ("T", _) => ("duration", OracleKind.Seconds),
        ("h", _) => ("remote_host", OracleKind.Text),
        ("l", _) => ("ident", OracleKind.Text),
        ("u", _) => ("remote_user", OracleKind.Text),
        ("r", _) => ("request", OracleKind.Text),
        ("v", _) => ("server_name", OracleKind.Text),
        ("i", "Referer") => ("referer", OracleKind.Text),
        ("i", "User-Agent") => ("user_agent", OracleKind.Text),
        _ => ("", OracleKind.Text),
    };

    public static OracleKind OfWord(string word) => word switch
    {
        "text" => OracleKind.Text,
        "loose" => OracleKind.LooseQuoted,
        "int" => OracleKind.Integer,
        "signed" => OracleKind.SignedInteger,
        "status" => OracleKind.Status,
        "s" => OracleKind.Seconds,
        "ms" => OracleKind.Milliseconds,
        "clf" => OracleKind.ClfTime,
        "iso" => OracleKind.IsoTime,
        "epoch" => OracleKind.EpochTime,
        _ => throw new ArgumentException($"There is no kind '{word}'.", nameof(word)),
    };

    public static string ReasonNotFound(OracleField field) => field.Kind switch
    {
        OracleKind.Integer or OracleKind.Status => ReasonMalformed(field),
        OracleKind.Quoted or OracleKind.LooseQuoted => $"the quote around {field.Name} is not closed",
        _ => $"the line ends before {field.Name} does",
    };

    public static string ReasonMalformed(OracleField field) => $"{field.Name} is not " + field.Kind switch
    {
        OracleKind.Status => "a status of three digits",
        OracleKind.ClfTime => "a time like 22/Nov/2026:10:00:00 +0000",
        OracleKind.IsoTime => "a time like 2026-11-22T10:00:00Z",
        OracleKind.EpochTime or OracleKind.AnyTime => "a time",
        _ => "a number",
    };

    /// <summary>Reads the text of a field. False where it is not well-formed.</summary>
    public static bool TryRead(OracleKind kind, string text, TimeZoneInfo zone, out long? number, out bool hasValue)
    {
        number = null;
        hasValue = text is not ("" or "-");
        switch (kind)
        {
            case OracleKind.Text or OracleKind.Quoted or OracleKind.LooseQuoted or OracleKind.List:
                return true;
            case OracleKind.Integer or OracleKind.Status:
                number = hasValue ? long.Parse(text, CultureInfo.InvariantCulture) : null;
                return true;
            case OracleKind.SignedInteger:
                number = hasValue && SignedText().IsMatch(text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
                return number is not null || text == "-";
            case OracleKind.Seconds or OracleKind.SecondsList:
                return TryDurations(kind == OracleKind.SecondsList ? text.Split(',', ':') : [text], 1_000_000, out number, ref hasValue);
            case OracleKind.Milliseconds:
                return TryDurations([text], 1_000, out number, ref hasValue);
            case OracleKind.Microseconds:
                return TryDurations([text], 1, out number, ref hasValue);
            default:
                hasValue = true;
                number = kind switch
                {
                    OracleKind.ClfTime => Clf(text, zone),
                    OracleKind.IsoTime => Iso(text, zone),
                    OracleKind.EpochTime => Epoch(text),
                    _ => Any(text, zone),
                };
                return number is not null;
        }
    }

    static bool TryDurations(string[] elements, int unitMicros, out long? sum, ref bool hasValue)
    {
        sum = null;
        if (!hasValue)
        {
            return true;
        }

        BigInteger total = 0;
        hasValue = false;
        foreach (var element in elements.Select(element => element.Trim(' ')).Where(element => element != "-"))
        {
            var match = Duration().Match(element);
            var whole = match.Success ? BigInteger.Parse(match.Groups["whole"].Value, CultureInfo.InvariantCulture) : -1;
            if (whole < 0 || whole > long.MaxValue / unitMicros / 2)
            {
                return false;
            }

            if (match.Groups["sign"].Length == 0)
            {
                hasValue = true;
                total += (whole * unitMicros) + (BigInteger.Parse("0" + match.Groups["fraction"].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture) * unitMicros / 1_000_000);
            }
        }

        sum = hasValue && total <= long.MaxValue ? (long)total : null;
        return total <= long.MaxValue;
    }

    static long? Any(string text, TimeZoneInfo zone)
    {
        var inside = text.StartsWith('[') ? text.EndsWith(']') ? text[1..^1] : text[1..] : text;
        return Iso(inside, zone) ?? Clf(inside, zone) ?? Epoch(inside);
    }

    static long? Clf(string text, TimeZoneInfo zone)
    {
        var match = ClfText().Match(text);
        return match.Success && Months.IndexOf(match.Groups["month"].Value, StringComparison.OrdinalIgnoreCase) is var month && month >= 0 && month % 3 == 0
            ? Instant(match, (month / 3) + 1, zone)
            : null;
    }

    static long? Iso(string text, TimeZoneInfo zone)
    {
        var match = IsoText().Match(text);
        return match.Success ? Instant(match, Whole(match, "month"), zone) : null;
    }

    static long? Instant(Match match, int month, TimeZoneInfo zone)
    {
        var (year, day, second) = (Whole(match, "year"), Whole(match, "day"), Whole(match, "second"));
        var (hour, minute) = (Whole(match, "hour"), Whole(match, "minute"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return null;
        }

        // In whole microseconds, since a leap second or an offset may lead out of the years that DateTime has.
        var date = (long)(new DateTime(year, month, day) - DateTime.UnixEpoch).TotalDays;
        var micros = (((((date * 24) + hour) * 60) + minute) * 60 + second) * 1_000_000;
        micros += long.Parse("0" + match.Groups["fraction"].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        if (match.Groups["utc"].Success)
        {
            return micros;
        }

        if (!match.Groups["sign"].Success)
        {
            return micros - (long)zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(micros * 10)).TotalMicroseconds;
        }

        var offset = ((Whole(match, "offsetHours") * 60L) + Whole(match, "offsetMinutes")) * 60_000_000;
        return Whole(match, "offsetHours") > 15 || Whole(match, "offsetMinutes") > 59 ? null : match.Groups["sign"].Value == "-" ? micros + offset : micros - offset;
    }

    static long? Epoch(string text)
    {
        var match = EpochText().Match(text);
        if (!match.Success || BigInteger.Parse(match.Groups["whole"].Value, CultureInfo.InvariantCulture) is var count && count > long.MaxValue)
        {
            return null;
        }

        var whole = long.Parse(match.Groups["whole"].Value, CultureInfo.InvariantCulture);
        if (whole >= 100_000_000_000_000_000)
        {
            return whole / 1000;
        }

        var unit = whole < 100_000_000_000 ? 1_000_000 : whole < 100_000_000_000_000 ? 1_000 : 1;
        var digits = match.Groups["fraction"].Value.PadRight(6, '0')[..6];
        return (whole * unit) + (long.Parse(digits, CultureInfo.InvariantCulture) * unit / 1_000_000);
    }

    static int Whole(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A-?[0-9]{1,18}\z")]
    private static partial Regex SignedText();

    [GeneratedRegex(@"\A(?<sign>-?)(?<whole>[0-9]+)(\.(?<fraction>[0-9]+))?\z")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\A(?<day>[0-9]{2})/(?<month>[A-Za-z]{3})/(?<year>[0-9]{4}):(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})( (?<sign>[+-])(?<offsetHours>[0-9]{2}):?(?<offsetMinutes>[0-9]{2}))?\z")]
    private static partial Regex ClfText();

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(?<mark>[-/.])(?<month>[0-9]{2})\k<mark>(?<day>[0-9]{2})[Tt _](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]+))?)?((?<utc>[Zz])|(?<sign>[+-])(?<offsetHours>[0-9]{2})(:?(?<offsetMinutes>[0-9]{2}))?| (?<sign>[+-])(?<offsetHours>[0-9]{2}):?(?<offsetMinutes>[0-9]{2}))?\z")]
    private static partial Regex IsoText();

    [GeneratedRegex(@"\A(?<whole>[0-9]{1,19})(\.(?<fraction>[0-9]+))?\z")]
    private static partial Regex EpochText();
}
