using System.Globalization;
using Millrace.Events;
using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.Reports;

/// <summary>Runs reports in a session: the logs become the view <c>events</c>, the report's SQL is asked over it.</summary>
/// <param name="session">The session; its range is the report's.</param>
public sealed class ReportRunner(QuerySession session)
{
    /// <summary>The column of a report that was not asked for by parts.</summary>
    internal const string NoPart = "by";

    /// <summary>The column of the result that keeps the report's order.</summary>
    internal const string RowNumber = "report_row";

    const string Result = "report_result";

    string _inRange = "";

    /// <summary>Runs a report.</summary>
    public ReportResult Run(ReportCall request)
    {
        _inRange = request.Table.Sql;
        Do($"CREATE OR REPLACE TEMP VIEW events AS {request.Table.Filtered(request.Where).Sql}{AbsentColumns(request.Report)}");
        Do($"CREATE OR REPLACE TEMP TABLE {Result} AS SELECT row_number() OVER () AS {RowNumber}, * FROM ({ReportSql.Of(request)})");
        ResultColumn[] columns = [.. Columns().Where(column => column.Name != NoPart)];
        var absent = Absent(request.Report.Measures.Where(measure => columns.Any(column => column.Name == measure)));
        return new ReportResult(session, Result, columns, request.RunId, absent);
    }

    /// <summary>What the events are, whatever range and conditions: for telling why a report is empty.</summary>
    public SourceSpan Span(EventTable table)
    {
        using var rows = session.Execute($"""
            SELECT COUNT(*), COUNT(service), COUNT(caller), EPOCH_US(MIN("timestamp")), EPOCH_US(MAX("timestamp")) FROM ({table.WholeSql})
            """);
        rows.Read();
        return new SourceSpan(Count(rows, 0), Count(rows, 1), Count(rows, 2), Time(rows, 3), Time(rows, 4));
    }

    /// <summary>How many events of the last report's source were in the range, whatever its conditions.</summary>
    public long EventsInRange(EventTable table) => CountEvents(table, $"({_inRange})");

    /// <summary>How many of these met the conditions of the report.</summary>
    public long EventsThatMeet(EventTable table) => CountEvents(table, "events");

    long CountEvents(EventTable table, string from)
    {
        using var rows = session.Execute($"SELECT {table.CountSql} FROM {from}");
        rows.Read();
        return Count(rows, 0);
    }

    /// <summary>Gives the view every column that the report uses, also where no format of the source has it.</summary>
    static string AbsentColumns(SqlReport report) => report.OwnColumns.Count == 0
        ? ""
        : $" UNION ALL BY NAME (SELECT {string.Join(", ", report.OwnColumns.Select(column => $"CAST(NULL AS {column.Value}) AS {SqlText.Name(column.Key)}"))} LIMIT 0)";

    static DateTimeOffset? Time(QueryResult rows, int column) => rows.Columns[column].IsNull(rows.Row) ? null : InstantText.FromMicros(rows.Columns[column].Integer(rows.Row));

    static long Count(QueryResult rows, int column) => long.Parse(rows.Columns[column].Text(rows.Row)!, CultureInfo.InvariantCulture);

    void Do(string sql)
    {
        using var done = session.Execute(sql);
        done.Drain();
    }

    IReadOnlyList<ResultColumn> Columns()
    {
        using var rows = session.Execute($"SELECT * EXCLUDE ({RowNumber}) FROM {Result} LIMIT 0");
        return rows.Columns;
    }

    HashSet<string> Absent(IEnumerable<string> measures)
    {
        string[] names = [.. measures];
        if (names.Length == 0)
        {
            return [];
        }

        using var rows = session.Execute($"SELECT {string.Join(", ", names.Select(name => $"COUNT({SqlText.Name(name)})"))} FROM {Result}");
        rows.Read();
        return [.. names.Where((_, i) => Count(rows, i) == 0)];
    }
}
