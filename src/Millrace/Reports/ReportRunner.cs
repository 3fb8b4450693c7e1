using System.Globalization;
using Millrace.Queries;

namespace Millrace.Reports;

/// <summary>Runs reports in a session: the logs become the view <c>events</c>, the report's SQL is asked over it.</summary>
/// <param name="session">The session; its range is the report's.</param>
public sealed class ReportRunner(QuerySession session)
{
    /// <summary>The column of a report that was not asked for by parts.</summary>
    internal const string NoPart = "by";

    const string Result = "report_result";

    string _inRange = "";

    /// <summary>Runs a report.</summary>
    public ReportResult Run(ReportRequest request)
    {
        _inRange = request.Table.Sql;
        Do($"CREATE OR REPLACE TEMP VIEW events AS {request.Table.Filtered(request.Where).Sql}{AbsentColumns(request.Report)}");
        Do($"CREATE OR REPLACE TEMP TABLE {Result} AS SELECT row_number() OVER () AS report_row, * FROM ({ReportSql.Of(request)})");
        string[] columns = [.. Columns().Where(column => column != NoPart)];
        var absent = Absent(request.Report.Measures.Where(columns.Contains));
        var names = string.Join(", ", columns.Select(SqlText.Name));
        var runId = request.RunId is { } id ? $", {SqlText.Literal(id)} AS \"runId\"" : "";
        return new ReportResult(session, $"SELECT {names}{runId} FROM {Result} ORDER BY report_row", absent);
    }

    /// <summary>What the events are, whatever range and conditions: for telling why a report is empty.</summary>
    public SourceSpan Span(EventTable table)
    {
        using var rows = session.Execute($"""SELECT COUNT(*), COUNT(service), COUNT(caller), MIN("timestamp"), MAX("timestamp") FROM ({table.WholeSql})""");
        rows.Read();
        return new SourceSpan(Count(rows, 0), Count(rows, 1), Count(rows, 2), rows.Columns[3].Text(rows.Row), rows.Columns[4].Text(rows.Row));
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
    static string AbsentColumns(Report report) => report.OwnColumns.Count == 0
        ? ""
        : $" UNION ALL BY NAME (SELECT {string.Join(", ", report.OwnColumns.Select(column => $"CAST(NULL AS {column.Value}) AS {SqlText.Name(column.Key)}"))} LIMIT 0)";

    static long Count(QueryResult rows, int column) => long.Parse(rows.Columns[column].Text(rows.Row)!, CultureInfo.InvariantCulture);

    void Do(string sql)
    {
        using var done = session.Execute(sql);
        done.Drain();
    }

    List<string> Columns()
    {
        using var rows = session.Execute($"SELECT * EXCLUDE (report_row) FROM {Result} LIMIT 0");
        return [.. rows.Columns.Select(column => column.Name)];
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
