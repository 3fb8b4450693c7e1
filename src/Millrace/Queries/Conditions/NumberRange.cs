using System.Globalization;

namespace Millrace.Queries.Conditions;

/// <summary>Whole numbers from one to another, both included; none where the first is the greater.</summary>
readonly record struct NumberRange(long From, long To)
{
    static readonly NumberRange None = new(1, 0);

    /// <summary>The whole numbers that stand so to a value, which need not be whole: nothing equals 1.5, and what is above it is 2 or more.</summary>
    public static NumberRange Of(string sign, decimal value) => sign switch
    {
        ">" => Of(decimal.Floor(value) + 1, long.MaxValue),
        ">=" => Of(decimal.Ceiling(value), long.MaxValue),
        "<" => Of(long.MinValue, decimal.Ceiling(value) - 1),
        "<=" => Of(long.MinValue, decimal.Floor(value)),
        _ => Of(decimal.Ceiling(value), decimal.Floor(value)),
    };

    public bool Holds(long number) => number >= From && number <= To;

    /// <summary>The same in SQL; null where no number is in the range.</summary>
    public string? Sql(string value) => (From, To) switch
    {
        var (from, to) when from > to => null,
        (long.MinValue, long.MaxValue) => $"{value} = {value}",
        (_, long.MaxValue) => Text($"{value} >= {From}"),
        (long.MinValue, _) => Text($"{value} <= {To}"),
        var (from, to) when from == to => Text($"{value} = {From}"),
        _ => Text($"{value} BETWEEN {From} AND {To}"),
    };

    static NumberRange Of(decimal from, decimal to) => from > to || from > long.MaxValue || to < long.MinValue
        ? None
        : new((long)Math.Max(from, long.MinValue), (long)Math.Min(to, long.MaxValue));

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
