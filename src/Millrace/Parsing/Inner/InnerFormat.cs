using Millrace.Events;

namespace Millrace.Parsing.Inner;

/// <summary>The fields of a format whose lines end in a line of another one: first those of the prefix, then those of the inner line.</summary>
/// <param name="prefix">The fields of the prefix.</param>
/// <param name="inner">The binding of the inner lines.</param>
sealed class InnerFormat(IReadOnlyList<FormatField> prefix, FormatBinding inner)
{
    /// <summary>All fields. Those of the prefix have distinct names, so that they stay apart from the inner line's.</summary>
    public IReadOnlyList<FormatField> Fields => [.. prefix, .. inner.Fields];

    /// <summary>The field from which the inner line's time comes; -1 where it has none.</summary>
    public int Time => inner.Columns[EventColumn.Timestamp] is { Kind: ColumnSourceKind.Field } source ? source.Field + prefix.Count : -1;

    /// <summary>The inner line's columns, counted behind the prefix; the time comes from the prefix where the inner format has none.</summary>
    /// <param name="time">The number of the prefix's time.</param>
    public ColumnMap Columns(int time)
    {
        var columns = new ColumnMap();
        foreach (var column in Enum.GetValues<EventColumn>())
        {
            var source = inner.Columns[column];
            columns[column] = source with { Field = Moved(source.Field), Other = Moved(source.Other) };
        }

        if (Time < 0)
        {
            columns[EventColumn.Timestamp] = ColumnSource.From(time);
        }

        return columns;
    }

    int Moved(int field) => field < 0 ? field : field + prefix.Count;
}
