using Millrace.Events;
using Millrace.Lake.Delta;
using Millrace.Queries;

namespace Millrace.Lake;

/// <summary>The columns of the lake's table: the event columns, and the day that parts it.</summary>
static class LakeSchema
{
    /// <summary>The column that parts the table: the day (UTC) of the timestamp.</summary>
    public const string Day = "dt";

    /// <summary>The columns that the files hold, as a SQL list. Where <c>raw</c> is not kept it is NULL, so that all files have the same columns.</summary>
    public static string ColumnList(bool keepsRaw) => string.Join(", ", Enum.GetValues<EventColumn>().Select(column =>
        column == EventColumn.Raw && !keepsRaw ? "CAST(NULL AS VARCHAR) AS raw" : SqlText.Name(column.Name())));

    /// <summary>No event, with the columns that events have.</summary>
    public static string NoEvents() => "SELECT " + string.Join(", ", Enum.GetValues<EventColumn>().Select(column => $"CAST(NULL AS {SqlType(column.Type())}) AS {SqlText.Name(column.Name())}"))
        + $", CAST(NULL AS DATE) AS {Day} WHERE false";

    /// <summary>The schema as Delta writes it.</summary>
    public static string Json() => DeltaSchema.Json(Enum.GetValues<EventColumn>().Select(column => (column.Name(), DeltaType(column.Type()))).Append((Day, "date")));

    /// <summary>The type in SQL.</summary>
    public static string SqlType(ColumnType type) => type switch
    {
        ColumnType.Timestamp => "TIMESTAMP",
        ColumnType.Integer => "BIGINT",
        _ => "VARCHAR",
    };

    static string DeltaType(ColumnType type) => type switch
    {
        ColumnType.Timestamp => "timestamp",
        ColumnType.Integer => "long",
        _ => "string",
    };
}
