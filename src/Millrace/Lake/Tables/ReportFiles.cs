using Millrace.Events;
using Millrace.Queries;
using Millrace.Queries.Results;
using Millrace.Reports;

namespace Millrace.Lake.Tables;

/// <summary>The files of a report that is written into a directory time and again: <c>status/date=2026-11-22/….parquet</c>.</summary>
/// <param name="Report">The report's name, and what it is told by: <c>status</c>, <c>status-by-hour</c>.</param>
/// <param name="Columns">The columns of the files.</param>
/// <param name="Location">The folder that holds the folders of dates, with a slash at its end.</param>
/// <param name="Kind">The form of the files.</param>
public sealed record ReportFiles(string Report, IReadOnlyList<TableColumn> Columns, string Location, ReportFileKind Kind)
{
    /// <summary>The column that parts the files: the day (UTC) of the end of the report's range.</summary>
    public const string Date = "date";

    /// <summary>The extension of the files.</summary>
    public string Extension => Kind switch
    {
        ReportFileKind.Csv => "csv",
        ReportFileKind.Ndjson => "ndjson",
        _ => "parquet",
    };

    /// <summary>The table's name.</summary>
    public string Table => $"report_{Report.Replace('-', '_')}";

    /// <summary>The files of every report, alone and by each of its parts, whose columns are told by asking it of no events.</summary>
    /// <param name="session">A session to ask in.</param>
    /// <param name="location">The directory or prefix that reports are written into.</param>
    /// <param name="kind">The form of the files.</param>
    public static IReadOnlyList<ReportFiles> OfAll(QuerySession session, string location, ReportFileKind kind)
    {
        var noEvents = LakeSchema.NoEvents();
        return [.. ReportTable.OfSql.SelectMany(report => report.Parts.Keys.Prepend(null).Select(by =>
        {
            var result = new ReportRunner(session).Run(new ReportCall(report, []) { Table = new EventTable(noEvents, noEvents), RunId = "", By = by });
            return Of($"{report.Name}{(by is null ? "" : $"-by-{by}")}", ColumnsOf(session, result.Sql), location, kind);
        }))];
    }

    /// <summary>The files of one report.</summary>
    /// <param name="report">The report's name.</param>
    /// <param name="columns">The columns of the files.</param>
    /// <param name="location">The directory or prefix that reports are written into.</param>
    /// <param name="kind">The form of the files.</param>
    public static ReportFiles Of(string report, IReadOnlyList<TableColumn> columns, string location, ReportFileKind kind) => new(report, columns, $"{location.TrimEnd('/')}/{report}/", kind);

    static List<TableColumn> ColumnsOf(QuerySession session, string sql)
    {
        using var rows = session.Execute($"DESCRIBE {sql}");
        var columns = new List<TableColumn>();
        while (rows.Read())
        {
            columns.Add(new TableColumn(rows.Columns[0].Text(rows.Row)!, TypeOf(rows.Columns[1].Text(rows.Row)!)));
        }

        return columns;
    }

    static ColumnType TypeOf(string type) => type switch
    {
        "VARCHAR" => ColumnType.Text,
        "BIGINT" => ColumnType.Integer,
        "DOUBLE" => ColumnType.Real,
        "TIMESTAMP" => ColumnType.Timestamp,
        _ => throw new InvalidOperationException($"A column of a report is a {type}, which other engines are not told of."),
    };
}
