using System.Text;
using Millrace.Events;

namespace Millrace.Parsing.W3c;

/// <summary>
/// What programs that write the W3C's extended log file format (WD-logfile-960323) share, and in what they differ: which fields they know, and what parts
/// values.
/// </summary>
/// <param name="Format">The name in the table of formats.</param>
/// <param name="Known">The fields that have a meaning or a type. Those that give event columns always have a field, whatever the file's head names.</param>
/// <param name="Separator">What parts values: a tab alone, or 0 for any number of spaces and tabs.</param>
sealed record W3cDialect(string Format, IReadOnlyList<W3cField> Known, byte Separator = 0)
{
    /// <summary>What the line begins with that names the fields of those below it.</summary>
    public static ReadOnlySpan<byte> Directive => "#Fields:"u8;

    /// <summary>The fields of lines that no directive stands above; empty where such lines are rejects.</summary>
    public string DefaultFields { get; init; } = "";

    /// <summary>How many values a line must have: those behind may be missing, and there may be more than are named. 0 where there must be as many as are named.</summary>
    public int LeastValues { get; init; }

    /// <summary>The known field of a name; null where it has no meaning.</summary>
    public W3cField? Find(string name) => Known.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format fixed for a file whose head names these fields.</summary>
    /// <param name="named">The names in the head's directives, without doubles.</param>
    /// <param name="input">The user's settings.</param>
    public FormatBinding Bind(IEnumerable<string> named, FormatInput input)
    {
        var all = named.Select(name => Find(name) ?? new W3cField(name, W3cSyntax.Text, Meaning: $"the value of {name}")).Where(field => !field.IsTime).ToList();

        // Of several names for one event column, the one that the head has is taken.
        var shown = Known.Where(field => field.Column is not null).GroupBy(field => field.Column).Select(group => group.FirstOrDefault(all.Contains) ?? group.First()).ToList();
        List<W3cField> fields = [.. shown, .. all.Where(field => !shown.Exists(field.IsAliasOf)).DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase)];
        var columns = new W3cColumns(this, fields);
        var zone = input.TimeZone;
        return new()
        {
            Format = Format,
            Fields = [new("timestamp", ColumnType.Timestamp, "date and time together"), .. fields.Select(field => new FormatField(field.ColumnName, field.Type, field.Meaning))],
            Columns = columns.Map(),
            CreateParser = () => new W3cParser(columns, new LocalZone(zone)),
            DirectivePrefix = Directive.ToArray(),
            Raw = new RawTable.None("which value is which stands in a line of the file, and date and time apart"),
        };
    }

    /// <summary>The names in the directives of a file's head, in the order in which they come; null where it has none.</summary>
    public static IReadOnlyList<string>? NamesIn(ReadOnlySpan<byte> head)
    {
        List<string>? names = null;
        while (!head.IsEmpty)
        {
            var line = Lines.EventBoundary.TakeLine(ref head);
            if (line.StartsWith(Directive))
            {
                names ??= [];
                names.AddRange(Names(line).Except(names).ToList());
            }
        }

        return names;
    }

    /// <summary>The names of one directive.</summary>
    public static string[] Names(ReadOnlySpan<byte> directive) =>
        Encoding.UTF8.GetString(directive[Directive.Length..]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
