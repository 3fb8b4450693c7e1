using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>Event columns that are made from pieces of fields.</summary>
static class BindingColumns
{
    /// <summary>The number of a field by its name.</summary>
    public static int Field(this FormatBinding binding, string name)
    {
        for (var i = 0; i < binding.Fields.Count; i++)
        {
            if (binding.Fields[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The format has no field '{name}'.", nameof(name));
    }

    /// <summary>Makes an event column from a piece of a field, perhaps with a second one; the field stays a column of its own.</summary>
    public static FormatBinding WithPiece(this FormatBinding binding, EventColumn column, ColumnSourceKind kind, string field, string? other = null)
    {
        var index = binding.Field(field);
        binding.Columns[column] = new(kind, index, other is null ? -1 : binding.Field(other));
        binding.Columns.Keep(index);
        return binding;
    }

    /// <summary>Takes the host from a request line with an absolute URL.</summary>
    public static FormatBinding WithHost(this FormatBinding binding, string request)
    {
        binding.Columns[EventColumn.Host] = new(ColumnSourceKind.RequestHost, binding.Field(request));
        return binding;
    }
}
