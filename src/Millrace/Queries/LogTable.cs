using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;

namespace Millrace.Queries;

/// <summary>Files as a SQL table: which files, how each is read, which columns there are, which events are asked for.</summary>
/// <param name="Files">The files that have lines.</param>
/// <param name="Columns">The event columns, then the formats' own.</param>
/// <param name="Options">Range and rules of the scan.</param>
sealed record LogTable(IReadOnlyList<PlannedFile> Files, IReadOnlyList<OutputColumn> Columns, ScanOptions Options)
{
    /// <summary>The columns of files: those of events, then every own column of any of their formats. One that has two types is text.</summary>
    public static IReadOnlyList<OutputColumn> ColumnsOf(IEnumerable<PlannedFile> files)
    {
        var own = new List<OutputColumn>();
        foreach (var binding in files.Select(file => file.Binding).DistinctBy(binding => binding.Fields))
        {
            foreach (var (field, name) in binding.OwnColumns)
            {
                var type = binding.Fields[field].Type;
                var known = own.FindIndex(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (known < 0)
                {
                    own.Add(new OutputColumn(name, type, null));
                }
                else if (own[known].Type != type)
                {
                    own[known] = own[known] with { Type = ColumnType.Text };
                }
            }
        }

        return [.. OutputColumn.Events, .. own];
    }
}
