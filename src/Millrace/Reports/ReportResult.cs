using Millrace.Queries;

namespace Millrace.Reports;

/// <summary>The result of a report, kept by the session until its next report.</summary>
public sealed class ReportResult
{
    readonly QuerySession _session;

    internal ReportResult(QuerySession session, string sql, IReadOnlySet<string> absent)
    {
        _session = session;
        Sql = sql;
        Absent = absent;
    }

    /// <summary>The SQL that gives the rows in the report's order.</summary>
    public string Sql { get; }

    /// <summary>Measures that no row has, which JSON leaves out.</summary>
    public IReadOnlySet<string> Absent { get; }

    /// <summary>The rows, from the first; may be asked for again.</summary>
    public QueryResult Rows() => _session.Execute(Sql);

    /// <summary>True where the report has no row.</summary>
    public bool IsEmpty()
    {
        using var rows = Rows();
        return !rows.Read();
    }
}
