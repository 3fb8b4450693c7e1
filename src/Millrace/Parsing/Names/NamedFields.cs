using System.Collections.Frozen;
using Millrace.Events;

namespace Millrace.Parsing.Names;

/// <summary>Which event column a named field is, and the other way round. A request line is several columns, and so none.</summary>
static class NamedFields
{
    static readonly FrozenDictionary<NamedField, EventColumn> Columns = Enum.GetValues<NamedField>()
        .Where(field => field != NamedField.Request)
        .ToFrozenDictionary(field => field, field => field switch
        {
            NamedField.Url => EventColumn.Path,
            NamedField.Duration => EventColumn.DurationUs,
            _ => Enum.Parse<EventColumn>(field.ToString()),
        });

    static readonly FrozenDictionary<EventColumn, NamedField> Fields = Columns.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The event column of a field; null for a request line.</summary>
    public static EventColumn? Column(this NamedField field) => Columns.TryGetValue(field, out var column) ? column : null;

    /// <summary>The field of an event column; null for those that no log names, such as <c>line</c>.</summary>
    public static NamedField? Field(this EventColumn column) => Fields.TryGetValue(column, out var field) ? field : null;
}
