using Millrace.Parsing;

namespace Millrace.Queries.Dialects;

/// <summary>How one engine says what the views over raw files need. Expressions in, expressions out; each reads a text and gives NULL where that is not well-formed.</summary>
abstract class SqlDialect
{
    /// <summary>A text, NULL where it is nothing or a dash.</summary>
    public abstract string Text(string value);

    /// <summary>A name, quoted.</summary>
    public abstract string Identifier(string name);

    /// <summary>The type of texts.</summary>
    public abstract string TextType { get; }

    /// <summary>A text as a literal.</summary>
    public abstract string Literal(string text);

    /// <summary>The name of a format in the letters that tables and views may have.</summary>
    public static string ViewName(string format) => string.Concat(format.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>A group of the first match of an expression; NULL or nothing where there is none.</summary>
    public string Extract(string value, string expression, int group) => $"regexp_extract({value}, {Literal(expression)}, {group})";

    /// <summary>A value as the type of its column: durations in microseconds, times in UTC.</summary>
    public string Cast(RawField field, string value) => field.Value switch
    {
        RawValue.QuotedText => Text($"regexp_replace({value}, {Literal("^\"(.*)\"$")}, '$1')"),
        RawValue.FirstOfList => Text($"coalesce({FirstOfList(value)}, {value})"),
        RawValue.Integer => Whole(value),
        RawValue.Real => $"try_cast({value} AS DOUBLE)",
        RawValue.Boolean => $"try_cast({value} AS BOOLEAN)",
        RawValue.Seconds => Duration(value, "* 1000000"),
        RawValue.Milliseconds => Duration(value, "* 1000"),
        RawValue.Microseconds => Duration(value, ""),
        RawValue.Nanoseconds => Duration(value, "/ 1000"),
        RawValue.SecondsList => SumOfSeconds(value),
        RawValue.ClfTime => Time(value, "dd/MMM/yyyy:HH:mm:ss Z"),
        RawValue.IsoTime => IsoTime(value),
        RawValue.EpochTime => EpochTime(value),
        RawValue.AnyTime => $"coalesce({IsoTime(value)}, {Time(value, "dd/MMM/yyyy:HH:mm:ss Z")}, {EpochTime(value)})",
        RawValue.PatternTime => PatternTime(value, field.TimePattern),
        _ => Text(value),
    };

    /// <summary>A time of a pattern of Java's DateTimeFormatter.</summary>
    protected abstract string Time(string value, string pattern);

    /// <summary>The first text of a JSON list; NULL where it is none.</summary>
    protected abstract string FirstOfList(string value);

    protected abstract string IsoTime(string value);

    protected abstract string EpochTime(string value);

    protected abstract string SumOfSeconds(string value);

    /// <summary>This year as a text.</summary>
    protected abstract string ThisYear { get; }

    protected const string Number = "DECIMAL(30, 9)";

    protected static string Count(string value) => $"try_cast({value} AS {Number})";

    string PatternTime(string value, string pattern)
    {
        // A padded day is one digit after two spaces.
        var single = $"regexp_replace({value}, ' +', ' ')";
        return pattern.Contains('y', StringComparison.Ordinal) ? Time(single, pattern) : Time($"concat({ThisYear}, ' ', {single})", $"yyyy {pattern}");
    }

    static string Whole(string value) => $"try_cast({value} AS BIGINT)";

    // A negative duration is one that nobody measured.
    static string Duration(string value, string scale) => $"CASE WHEN {Count(value)} >= 0 THEN CAST(floor({Count(value)} {scale}) AS BIGINT) END".Replace(" )", ")", StringComparison.Ordinal);
}
