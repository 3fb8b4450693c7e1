using Millrace.Events;

namespace Millrace.Queries.Conditions;

/// <summary>
/// A condition on one column of events, such as <c>status&gt;=500</c>. An event that has no value in the column does not meet it, negated or not; only
/// <c>user=</c> asks for just that. It is met by the same events in SQL and in the bytes of their lines.
/// </summary>
public sealed class Condition
{
    readonly string _written;
    readonly ConditionTest _test;
    readonly bool _isNegated;

    internal Condition(string written, EventColumn column, ConditionTest test, bool isNegated) =>
        (_written, Column, _test, _isNegated) = (written, column, test, isNegated);

    /// <summary>The column. Named as <c>duration</c>, it is <see cref="EventColumn.DurationUs"/>.</summary>
    public EventColumn Column { get; }

    /// <summary>Reads a condition. Throws a <see cref="UserException"/> that points at the word that is wrong.</summary>
    public static Condition Parse(string text) => new ConditionReader(text).Read();

    /// <summary>The SQL of several conditions that must all be met; null where there is none.</summary>
    public static string? AllOf(IReadOnlyList<Condition> conditions) =>
        conditions.Count == 0 ? null : string.Join(" AND ", conditions.Select(condition => condition.Sql()));

    /// <summary>The condition in DuckDB's SQL, over the event columns by their names. A session knows the functions that it uses.</summary>
    public string Sql()
    {
        var name = SqlText.Name(Column.Name());
        var sql = _test.Sql(Column.Type() == ColumnType.Json ? $"CAST({name} AS VARCHAR)" : name);
        return _isNegated ? $"NOT ({sql})" : sql;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => _written;

    /// <summary>True where an event meets it that has no value in the column.</summary>
    internal bool IsMetByNothing => _test.IsForNothing && !_isNegated;

    /// <summary>True where an event meets it that has this number in the column.</summary>
    internal bool Meets(long number) => _test.Passes(number) != _isNegated;

    /// <summary>True where an event meets it that has this text in the column.</summary>
    internal bool Meets(ReadOnlySpan<byte> utf8) => _test.Passes(utf8) != _isNegated;
}
