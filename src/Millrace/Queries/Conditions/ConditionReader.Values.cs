using System.Globalization;
using System.Text;
using Millrace.Events;

namespace Millrace.Queries.Conditions;

/// <summary>What the values of a condition mean, by its column.</summary>
sealed partial class ConditionReader
{
    static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

    ConditionTest TestOf(EventColumn column, string name, string sign, List<ConditionItem> items)
    {
        var isEquality = sign is "=" or "!=";
        if (isEquality && items is [] or [{ IsQuoted: true, Text: "" }])
        {
            return new ConditionTest.Nothing();
        }

        if (items.Count == 0)
        {
            throw Mistake($"'{sign}' needs a value behind it.", text.Length, 1);
        }

        if (sign is "~" or "!~")
        {
            return new ConditionTest.Contains([.. items.Select(item => PartOf(column, name, sign, item))]);
        }

        if (!isEquality && items.Count > 1)
        {
            throw Mistake($"'{sign}' compares with one value, not with a list. A text that has commas needs double quotes.", items[1].Start, text.Length);
        }

        return column.Type() == ColumnType.Integer ? new ConditionTest.InRanges([.. items.Select(item => RangeOf(column, name, sign, item))])
            : !isEquality ? OrderOf(column, sign, items[0])
            : new ConditionTest.OneOf(
                [.. items.Where(item => !IsNetwork(column, item)).Select(item => TextOf(column, item))],
                [.. items.Where(item => IsNetwork(column, item)).Select(NetworkOf)]);
    }

    string PartOf(EventColumn column, string name, string sign, in ConditionItem item)
    {
        if (item.Text.Length == 0)
        {
            throw Mistake("Every value contains an empty text.", item);
        }

        if (name == Duration)
        {
            throw Mistake($"'{sign}' looks for a text, and a duration is a number with a unit. Compare it with = != > >= < or <=.", item);
        }

        if (column.Type() == ColumnType.Integer && !item.Text.All(letter => char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw Mistake($"'{sign}' looks for digits in {name}, which is a whole number, and '{item.Text}' is something else.", item);
        }

        return IsNetwork(column, item) && Network.TryRead(Encoding.UTF8.GetBytes(item.Text), out _) ? throw NoNetwork(sign, item) : item.Text;
    }

    ConditionTest OrderOf(EventColumn column, string sign, in ConditionItem item)
    {
        if (column != EventColumn.Level)
        {
            return IsNetwork(column, item) ? throw NoNetwork(sign, item) : new ConditionTest.Ordered(sign, item.Text);
        }

        var rank = Array.IndexOf(Levels, LevelOf(item.Text));
        return rank >= 0
            ? new ConditionTest.OneOf([.. Levels.Where((_, other) => NumberRange.Of(sign, rank).Holds(other))], [])
            : throw Mistake($"'{item.Text}' is not a severity. Expected TRACE, DEBUG, INFO, WARN, ERROR or FATAL.", item);
    }

    // The column has severities by their usual names; whatever else a log has there is a text like any other.
    static string TextOf(EventColumn column, in ConditionItem item) => column == EventColumn.Level && !item.IsQuoted ? LevelOf(item.Text) : item.Text;

    static string LevelOf(string text) => Encoding.UTF8.GetString(Severity.Normalise(Encoding.UTF8.GetBytes(text)));

    static bool IsNetwork(EventColumn column, in ConditionItem item) =>
        column is EventColumn.ClientIp or EventColumn.Host && !item.IsQuoted && item.Text.Contains('/', StringComparison.Ordinal);

    UserException NoNetwork(string sign, in ConditionItem item) => Mistake($"A network goes with = or !=, not with '{sign}'.", item);

    string NetworkOf(ConditionItem item)
    {
        var network = Encoding.UTF8.GetBytes(item.Text);
        if (Network.TryRead(network, out _))
        {
            return item.Text;
        }

        var slash = item.Text.LastIndexOf('/');
        throw NetworkAddress.TryRead(network.AsSpan(0, network.LastIndexOf((byte)'/')), out _)
            ? Mistake(
                $"'{item.Text[(slash + 1)..]}' does not say how many bits of the address are fixed: 0 to 32 of IPv4, 0 to 128 of IPv6.",
                item.Start + slash + 1,
                item.Length - slash - 1)
            : Mistake($"'{item.Text}' is not a network. {Network.Expected}", item);
    }

    NumberRange RangeOf(EventColumn column, string name, string sign, in ConditionItem item)
    {
        if (column != EventColumn.Status || item.Text is not [>= '1' and <= '9', 'x' or 'X', 'x' or 'X'])
        {
            return NumberRange.Of(sign, NumberOf(column, name, item));
        }

        var first = (item.Text[0] - '0') * 100;
        if (sign is "=" or "!=")
        {
            return new(first, first + 99);
        }

        var ordered = Text($"status{(sign[0] == '>' ? ">=" : "<")}{first}");
        throw Mistake($"'{item.Text}' is a class of statuses and has no order. Say {ordered}, or status={item.Text}.", item);
    }

    decimal NumberOf(EventColumn column, string name, in ConditionItem item)
    {
        var digits = UnitText.NumberLength(item.Text);
        var unit = item.Text[digits..].TrimStart();
        var (number, isInReach) = UnitText.Number(item.Text.AsSpan(0, digits));
        if (!isInReach)
        {
            throw Mistake($"'{item.Text}' is out of reach: there are no numbers of more than 19 digits.", item);
        }

        if (column is not (EventColumn.DurationUs or EventColumn.Bytes))
        {
            return digits > 0 && unit.Length == 0 && decimal.IsInteger(number) ? number : throw NotWhole(name, item);
        }

        return unit.Length > 0 ? number * SizeOf(column, unit, hasNumber: digits > 0, item)
            : name == Duration && number != 0 ? throw NoUnit(item)
            : decimal.IsInteger(number) ? number
            : throw NotWhole(name, item);
    }

    long SizeOf(EventColumn column, string unit, bool hasNumber, in ConditionItem item)
    {
        var (units, kind, example) = column == EventColumn.Bytes ? (UnitText.Sizes, "size", "1.5MB") : (UnitText.Durations, "duration", "250ms");
        var size = UnitText.Find(units, unit);
        if (!hasNumber)
        {
            throw size > 0
                ? Mistake($"There is no number before '{unit}'.", item)
                : Mistake($"'{item.Text}' is not a {kind}. Expected a number with a unit, such as {example}.", item);
        }

        var end = item.Start + item.Length - (item.IsQuoted ? 1 : 0);
        return size > 0 ? size : throw Mistake($"'{unit}' is not a unit of {kind}. Expected {UnitText.Expected(units)}.", end - unit.Length, unit.Length);
    }

    UserException NoUnit(in ConditionItem item) =>
        Mistake($"'{item.Text}' needs a unit: {item.Text}us, {item.Text}ms, {item.Text}s, {item.Text}m or {item.Text}h.", item);

    UserException NotWhole(string name, in ConditionItem item) => Mistake($"'{name}' is a whole number, and '{item.Text}' is not one.", item);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
