using Millrace.Queries;
using Millrace.Queries.Conditions;

namespace Millrace.Reports;

/// <summary>The events that a report is asked of, as SQL.</summary>
/// <param name="Sql">A query that gives the event columns of the events in the session's range, and own columns where there are any.</param>
/// <param name="WholeSql">The same, whatever the range: for telling why a report is empty.</param>
public sealed record EventTable(string Sql, string WholeSql)
{
    /// <summary>
    /// True where a row stands for several events: it then has the columns <c>timestamp</c> (the start of a time that all of them lie in), <c>service</c>, <c>caller</c>, <c>method</c>,
    /// <c>endpoint</c>, <c>status</c> and the measures of <see cref="EventMeasures"/>; for metrics <c>timestamp</c>, <c>service</c>, <c>metric_name</c>, <c>unit</c> and those of <see cref="MetricMeasures"/>.
    /// </summary>
    public bool IsRolledUp { get; init; }

    /// <summary>How many events the rows of <see cref="Sql"/> stand for, as an expression.</summary>
    public string CountSql { get; init; } = "COUNT(*)";

    /// <summary>The events, or rows that stand for several, that meet all of the conditions. The whole stays what it is.</summary>
    public EventTable Filtered(IReadOnlyList<Condition> conditions) => Condition.AllOf(conditions) is { } where
        ? this with { Sql = $"SELECT * FROM ({Sql}) WHERE {where}" }
        : this;

    /// <summary>The events of raw logs.</summary>
    public static EventTable OfLogs(IReadOnlyList<string> sources)
    {
        var list = $"[{string.Join(", ", sources.Select(SqlText.Literal))}]";
        return new($"SELECT * FROM logs({list})", $"SELECT * FROM logs({list}, since := '0001-01-01', until := '9999-12-31T00:00:00Z')");
    }
}
