namespace Millrace.Events;

/// <summary>The one schema: names and types of the event columns.</summary>
public static class EventColumns
{
    /// <summary>How many event columns there are; a format's own columns come after them.</summary>
    public const int Count = (int)EventColumn.Line + 1;

    static readonly (string Name, ColumnType Type)[] Definitions =
    [
        ("timestamp", ColumnType.Timestamp), ("service", ColumnType.Text), ("caller", ColumnType.Text), ("client_ip", ColumnType.Text),
        ("user", ColumnType.Text), ("method", ColumnType.Text), ("path", ColumnType.Text), ("query", ColumnType.Text),
        ("endpoint", ColumnType.Text), ("protocol", ColumnType.Text), ("status", ColumnType.Integer), ("bytes", ColumnType.Integer),
        ("duration_us", ColumnType.Integer), ("referrer", ColumnType.Text), ("user_agent", ColumnType.Text), ("host", ColumnType.Text),
        ("region", ColumnType.Text), ("level", ColumnType.Text), ("logger", ColumnType.Text), ("message", ColumnType.Text),
        ("trace_id", ColumnType.Text), ("attributes", ColumnType.Json), ("raw", ColumnType.Text), ("file", ColumnType.Text),
        ("line", ColumnType.Integer),
    ];

    /// <summary>The column's name in SQL.</summary>
    public static string Name(this EventColumn column) => Definitions[(int)column].Name;

    /// <summary>The column's type.</summary>
    public static ColumnType Type(this EventColumn column) => Definitions[(int)column].Type;

    /// <summary>Finds the event column of a SQL name; false where there is none of that name.</summary>
    public static bool TryFind(string name, out EventColumn column)
    {
        var index = Array.FindIndex(Definitions, definition => definition.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        column = (EventColumn)Math.Max(index, 0);
        return index >= 0;
    }
}
