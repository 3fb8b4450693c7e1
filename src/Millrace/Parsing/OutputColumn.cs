using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>A column that is asked for: an event column, or a field of the format by its name.</summary>
/// <param name="Name">Its SQL name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Column">Which event column it is; null for a format's own field.</param>
public sealed record OutputColumn(string Name, ColumnType Type, EventColumn? Column)
{
    /// <summary>An event column.</summary>
    public static OutputColumn Of(EventColumn column) => new(column.Name(), column.Type(), column);

    /// <summary>Every event column, in order.</summary>
    public static IReadOnlyList<OutputColumn> Events { get; } = [.. Enum.GetValues<EventColumn>().Select(Of)];
}
