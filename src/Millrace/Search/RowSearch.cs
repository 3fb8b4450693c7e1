using System.Globalization;
using Millrace.Events;
using Millrace.Queries;

namespace Millrace.Search;

/// <summary>
/// Finds events by their text among rows that SQL gives, such as those of a lake. The text of an event is its line where that was kept; where it was not, it is an object of the columns that the
/// event has.
/// </summary>
/// <param name="session">Runs the SQL.</param>
/// <param name="query">What is searched for. Rows have no lines around them.</param>
public sealed class RowSearch(QuerySession session, SearchQuery query)
{
    /// <summary>Searches events. Returns the number of hits.</summary>
    /// <param name="events">SQL that gives the events, with all event columns.</param>
    /// <param name="onHit">Takes the hits as they are found; not called where they are only counted.</param>
    public long Run(string events, SearchHitHandler onHit)
    {
        var matcher = new SearchMatcher(query);
        using var rows = session.Execute(Sql(events));
        long hits = 0;
        while (hits < (query.Limit ?? long.MaxValue) && rows.Read())
        {
            var text = rows.Columns[3].Utf8(rows.Row).TrimEnd("\r\n"u8);
            if (!matcher.Matches(text))
            {
                continue;
            }

            hits++;
            if (!query.OnlyCounts)
            {
                onHit(new SearchHit
                {
                    File = rows.Columns[0].Text(rows.Row) ?? "",
                    Line = Number(rows, 1) ?? 0,
                    Timestamp = Number(rows, 2),
                    Text = text,
                    Before = [],
                    After = [],
                });
            }
        }

        return hits;
    }

    /// <summary>What rows have a text and meet the conditions. Files that kept no line are told apart by their statistics, so that of the others only the line is read.</summary>
    string Sql(string events)
    {
        string[] conditions = [.. query.Filters.Select(filter => filter.Sql()), .. PlainTerms().Select(term => $"contains(text, {SqlText.Literal(term)})")];
        var where = conditions.Length > 0 ? $" WHERE {string.Join(" AND ", conditions)}" : "";
        var columns = Enum.GetValues<EventColumn>().Where(column => column is not (EventColumn.Raw or EventColumn.File or EventColumn.Line)).Select(column => $"{SqlText.Name(column.Name())}: {ValueOf(column)}");
        var asObject = $"CAST(json_merge_patch('{{}}', to_json({{{string.Join(", ", columns)}}})) AS VARCHAR)";
        var texts = $"SELECT *, raw AS text FROM ({events}) WHERE raw IS NOT NULL UNION ALL SELECT *, {asObject} AS text FROM ({events}) WHERE raw IS NULL";
        return $"SELECT file, line, EPOCH_US(\"timestamp\") AS micros, text FROM ({texts}){where}";
    }

    // The database looks for these with all of its threads; the matcher then sees few rows.
    IEnumerable<string> PlainTerms() => query.IsRegex || query.IgnoresCase ? [] : query.Terms.Where(term => !string.IsNullOrEmpty(term) && !term.Contains('\0', StringComparison.Ordinal));

    static string ValueOf(EventColumn column) => column.Type() switch
    {
        ColumnType.Timestamp => $"strftime({SqlText.Name(column.Name())}, '%Y-%m-%dT%H:%M:%S.%fZ')",
        ColumnType.Json => $"TRY_CAST({SqlText.Name(column.Name())} AS JSON)",
        _ => SqlText.Name(column.Name()),
    };

    static long? Number(QueryResult rows, int column) => rows.Columns[column].Text(rows.Row) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
