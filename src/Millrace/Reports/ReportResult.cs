using System.Globalization;
using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.Reports;

/// <summary>The result of a report, kept by the session until its next report.</summary>
public sealed class ReportResult
{
    readonly QuerySession _session;
    readonly IReadOnlyList<ResultColumn> _columns;

    internal ReportResult(QuerySession session, string table, IReadOnlyList<ResultColumn> columns, string? runId, IReadOnlySet<string> absent)
    {
        (_session, _columns, Absent) = (session, columns, absent);
        var names = string.Join(", ", columns.Select(column => SqlText.Name(column.Name)));
        Selected = $"SELECT {names}{(runId is null ? "" : $", {SqlText.Literal(runId)} AS \"runId\"")} FROM {table}";
    }

    /// <summary>The SQL that gives the rows in the report's order.</summary>
    public string Sql => SqlBy(sort: null, limit: null);

    /// <summary>Measures that no row has, which JSON leaves out.</summary>
    public IReadOnlySet<string> Absent { get; }

    string Selected { get; }

    /// <summary>The SQL that gives rows in another order, or only some of them. Rows without a value come last; ties stay in the report's order.</summary>
    /// <param name="sort">The order, as <see cref="SortOrder"/> reads it; null for the report's own.</param>
    /// <param name="limit">How many rows; null for all.</param>
    /// <exception cref="UserException">There is no such column.</exception>
    public string SqlBy(string? sort, int? limit)
    {
        var order = sort is null ? "" : $"{OrderOf(SortOrder.Parse(sort))} NULLS LAST, ";
        return $"{Selected} ORDER BY {order}{ReportRunner.RowNumber}{(limit is { } most ? $" LIMIT {most.ToString(CultureInfo.InvariantCulture)}" : "")}";
    }

    /// <summary>The rows, from the first; may be asked for again.</summary>
    public QueryResult Rows() => _session.Execute(Sql);

    /// <summary>True where there is no row.</summary>
    public bool IsEmpty()
    {
        using var rows = Rows();
        return !rows.Read();
    }

    string OrderOf(SortOrder order)
    {
        var column = _columns.FirstOrDefault(one => one.Name.Equals(order.Column, StringComparison.OrdinalIgnoreCase)) ?? throw order.Unknown(_columns.Select(one => one.Name));
        return $"{SqlText.Name(column.Name)} {(order.IsDescending ?? !column.IsText ? "DESC" : "ASC")}";
    }
}
