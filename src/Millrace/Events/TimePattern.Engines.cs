using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Events;

/// <summary>The same pattern for other engines.</summary>
sealed partial class TimePattern
{
    const string IsoExpression = "[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}[Tt _][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)?";

    /// <summary>True for <see cref="Iso"/>.</summary>
    public bool IsIso => _isIso;

    /// <summary>True where the time is a count of seconds since 1970.</summary>
    public bool IsEpoch => Array.Exists(_parts, part => part.Kind == PartKind.Epoch);

    /// <summary>A regular expression that such times match.</summary>
    public string Expression => _isIso ? IsoExpression : string.Concat(_parts.Select(ExpressionOf));

    /// <summary>The pattern in the letters of Java's DateTimeFormatter, which Joda-Time shares. Empty where Java has no such letter.</summary>
    public string JavaPattern => _isIso || IsEpoch ? "" : string.Concat(_parts.Select(JavaOf)).Replace("''", "", StringComparison.Ordinal);

    static string ExpressionOf(Part part) => part.Kind switch
    {
        PartKind.Literal => Regex.Escape(Encoding.Latin1.GetString([part.Byte])).Replace("\\ ", " ", StringComparison.Ordinal),
        PartKind.MonthName or PartKind.DayName => part.Most == 3 ? "[A-Za-z]{3}" : "[A-Za-z]{3,9}",
        PartKind.HalfDay => "[AaPp][Mm]",
        PartKind.Offset => "(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)",
        PartKind.ZoneName => "[A-Za-z]{1,5}",
        _ => (part.HasPad ? " ?" : "") + (part.Least == part.Most ? $"[0-9]{{{part.Least}}}" : $"[0-9]{{{part.Least},{part.Most}}}"),
    };

    static string JavaOf(Part part) => part.Kind switch
    {
        PartKind.Literal => char.IsAsciiLetter((char)part.Byte) ? $"'{(char)part.Byte}'" : ((char)part.Byte).ToString(),
        PartKind.Year => "yyyy",
        PartKind.ShortYear => "yy",
        PartKind.Month => Repeated('M', part),
        PartKind.MonthName => part.Most == 3 ? "MMM" : "MMMM",
        PartKind.Day => Repeated('d', part),
        PartKind.DayOfYear => Repeated('D', part),
        PartKind.Hour => Repeated('H', part),
        PartKind.HalfDayHour => Repeated('h', part),
        PartKind.HalfDay => "a",
        PartKind.Minute => "mm",
        PartKind.Second => "ss",
        PartKind.Fraction => part.Least == part.Most ? "SSS" : "SSSSSS",
        PartKind.Offset => "Z",
        PartKind.ZoneName => "z",
        PartKind.DayName => part.Most == 3 ? "EEE" : "EEEE",
        _ => throw new InvalidOperationException($"Java has no letter for {part.Kind}."),
    };

    static string Repeated(char letter, Part part) => new(letter, part.Least);
}
