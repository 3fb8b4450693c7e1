using System.Globalization;
using Millrace.Queries;

namespace Millrace.Errors;

/// <summary>Asks for errors in SQL, and reads what comes back.</summary>
static class ErrorSql
{
    const int TextColumn = 2;

    /// <summary>The errors among events: those of the level ERROR or worse, and requests with a status that is one.</summary>
    /// <param name="events">A query that gives the event columns.</param>
    /// <param name="countsClientErrors">True where statuses from 400 are errors too, not only those from 500.</param>
    public static string Errors(string events, bool countsClientErrors) =>
        $"SELECT {Columns(Text)} FROM ({events}) WHERE \"timestamp\" IS NOT NULL AND {IsError(countsClientErrors)}";

    /// <summary>All events with a timestamp; those that are no errors have no text.</summary>
    public static string Events(string events, bool countsClientErrors) =>
        $"SELECT {Columns($"CASE WHEN {IsError(countsClientErrors)} THEN {Text} END")} FROM ({events}) WHERE \"timestamp\" IS NOT NULL";

    /// <summary>True where the current row of <see cref="Events"/> is an error.</summary>
    public static bool IsError(QueryResult rows) => !rows.Columns[TextColumn].IsNull(rows.Row);

    /// <summary>When the event of the current row happened, in microseconds since 1970.</summary>
    public static long Micros(QueryResult rows) => rows.Columns[1].Integer(rows.Row);

    /// <summary>The file of the current row as UTF-8, until the next row is read.</summary>
    public static ReadOnlySpan<byte> File(QueryResult rows) => rows.Columns[0].Utf8(rows.Row);

    /// <summary>The error of the current row.</summary>
    public static ErrorEvent Read(QueryResult rows)
    {
        string? Value(int column) => rows.Columns[column].Text(rows.Row);
        return new ErrorEvent(Micros(rows), Value(TextColumn)!, Value(0)!, rows.Columns[3].Integer(rows.Row))
        {
            Service = Value(4),
            Endpoint = Value(5),
            Host = Value(6),
            Caller = Value(7),
        };
    }

    static string Columns(string text) => $"file, epoch_us(\"timestamp\"), {text}, line, service, endpoint, host, caller";

    static string IsError(bool countsClientErrors) => string.Create(CultureInfo.InvariantCulture, $"(level IN ('ERROR', 'FATAL') OR status >= {(countsClientErrors ? 400 : 500)})");

    static string Text { get; } = $"""
        COALESCE(
            message || COALESCE(chr(10) || COALESCE({string.Join(", ", new[] { "stack_trace", "stackTrace", "stack", "exception", "exc_info", "error.stack_trace" }.Select(Attribute))}), ''),
            concat_ws(' ', method, COALESCE(endpoint, path), status))
        """;

    static string Attribute(string name) => $"json_extract_string(attributes, '$.\"{name}\"')";
}
