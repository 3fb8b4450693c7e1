using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries;

namespace Millrace.Search;

/// <summary>A condition on one column, as <c>status&gt;=500</c>: a column, an operator, a value. A NULL meets no condition.</summary>
public sealed class FieldFilter
{
    // Two signs before the one that they begin with.
    static readonly string[] Operators = [">=", "<=", "!=", "=", ">", "<", "~"];
    static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

    readonly string _operator;
    readonly string _value;
    readonly long _number;

    FieldFilter(EventColumn column, string name, string value, long number) => (Column, _operator, _value, _number) = (column, name, value, number);

    /// <summary>The column.</summary>
    public EventColumn Column { get; }

    /// <summary>Reads a condition. Throws a <see cref="UserException"/> where it is none.</summary>
    public static FieldFilter Parse(string text)
    {
        var at = text.AsSpan().IndexOfAny("=<>!~");
        var sign = at < 0 ? null : Array.Find(Operators, one => text.AsSpan(at).StartsWith(one, StringComparison.Ordinal));
        if (sign is null || !EventColumns.TryFind(text[..at].Trim(), out var column))
        {
            throw new UserException(
                $"'{text}' is no condition. Expected COLUMN, one of = != > >= < <= ~ (contains), and a value, such as status>=500, service=order-service or level=ERROR; 'millrace formats explain NAME' lists the columns.", UserException.Usage);
        }

        var value = text[(at + sign.Length)..].Trim();
        long number = 0;
        if (column.Type() == ColumnType.Timestamp)
        {
            throw new UserException($"'{text}' compares the timestamp. Say --since and --until for a range of time.", UserException.Usage);
        }

        if (sign != "~" && column.Type() == ColumnType.Integer && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            throw new UserException($"'{text}' compares {column.Name()}, which is a whole number, with '{value}'.", UserException.Usage);
        }

        return new FieldFilter(column, sign, value, number);
    }

    /// <summary>The same in SQL.</summary>
    public string Sql()
    {
        var name = SqlText.Name(Column.Name());
        if (_operator == "~")
        {
            return $"contains(CAST({name} AS VARCHAR), {SqlText.Literal(_value)})";
        }

        if (Column.Type() == ColumnType.Integer)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} {_operator} {_number}");
        }

        return RankOf(_value) is >= 0 and var rank && Column == EventColumn.Level
            ? string.Create(CultureInfo.InvariantCulture, $"list_position({LevelList()}, {name}) - 1 {_operator} {rank}")
            : $"{name} {_operator} {SqlText.Literal(_value)}";
    }

    internal bool Meets(long number) => _operator == "~" ? number.ToString(CultureInfo.InvariantCulture).Contains(_value, StringComparison.Ordinal) : Compares(number.CompareTo(_number));

    internal bool Meets(ReadOnlySpan<byte> utf8)
    {
        if (_operator == "~")
        {
            return utf8.IndexOf(Encoding.UTF8.GetBytes(_value)) >= 0;
        }

        var text = Encoding.UTF8.GetString(utf8);
        return Column == EventColumn.Level && RankOf(_value) is >= 0 and var rank
            ? RankOf(text) is >= 0 and var other && Compares(other.CompareTo(rank))
            : Compares(string.CompareOrdinal(text, _value));
    }

    static int RankOf(string level) => Array.FindIndex(Levels, one => one.Equals(level, StringComparison.OrdinalIgnoreCase));

    static string LevelList() => $"[{string.Join(", ", Levels.Select(SqlText.Literal))}]";

    bool Compares(int order) => _operator switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order <= 0,
    };
}
