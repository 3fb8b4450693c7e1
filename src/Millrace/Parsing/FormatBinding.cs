using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>A format fixed for one file: its fields, what the event columns are made from, and the parser of its lines.</summary>
public sealed class FormatBinding
{
    List<OwnColumn>? _ownColumns;

    /// <summary>The format's name in the table of formats.</summary>
    public required string Format { get; init; }

    /// <summary>The fields of a line, in the order in which the parser fills them.</summary>
    public required IReadOnlyList<FormatField> Fields { get; init; }

    /// <summary>What the event columns are made from. Service and caller come from the rules below unless they are set here.</summary>
    public required ColumnMap Columns { get; init; }

    /// <summary>Makes a parser for one thread.</summary>
    public required Func<LineParser> CreateParser { get; init; }

    /// <summary>True where a line may continue the event above it (stack traces); the parser then gets all lines of an event at once.</summary>
    public bool JoinsLines { get; init; }

    /// <summary>
    /// What a line begins with that says how the lines below it are read (<c>#Fields:</c>), for formats in which that may change inside a file; null for all others. Parsers
    /// are told which one is in force where they begin.
    /// </summary>
    public byte[]? DirectivePrefix { get; init; }

    /// <summary>Texts each of which stands in every line that is read, unless something in it is escaped. Empty where there are none.</summary>
    public IReadOnlyList<byte[]> Marks { get; init; } = [];

    /// <summary>The rule that names the service where the command line has none.</summary>
    public ServiceRule? Service { get; init; }

    /// <summary>The rule that names the caller where the command line has none.</summary>
    public ServiceRule? Caller { get; init; }

    /// <summary>The rule that reads the region from the file's name; where it finds none, the region is what the line says.</summary>
    public ServiceRule? Region { get; init; }

    /// <summary>
    /// How other engines read the raw files. A layout derives it; a format with a parser of its own says it, or why there is none.
    /// </summary>
    public RawTable? Raw
    {
        get => field ??= RawSource?.Invoke();
        init;
    }

    /// <summary>Derives <see cref="Raw"/> when it is asked for, which in most runs it is not.</summary>
    public Func<RawTable>? RawSource { private get; init; }

    /// <summary>The fields that become columns of their own: those from which no event column is made. Names differ from each other and from the event columns', whatever their case.</summary>
    public IReadOnlyList<OwnColumn> OwnColumns => _ownColumns ??= NameOwnColumns();

    /// <summary>True where a line shows without being parsed that it is not of the format: parsers are large, and a folder may have thousands of small files.</summary>
    public bool LacksMark(ReadOnlySpan<byte> line)
    {
        if (Marks.Count == 0 || line.Contains((byte)'\\'))
        {
            return false;
        }

        foreach (var mark in Marks)
        {
            if (line.IndexOf(mark) < 0)
            {
                return true;
            }
        }

        return false;
    }

    List<OwnColumn> NameOwnColumns()
    {
        var taken = new HashSet<string>(Enum.GetValues<EventColumn>().Select(column => column.Name()), StringComparer.OrdinalIgnoreCase);
        var columns = new List<OwnColumn>();
        for (var index = 0; index < Fields.Count; index++)
        {
            if (Columns.Shows(index))
            {
                continue;
            }

            var name = Fields[index].Name;
            while (!taken.Add(name))
            {
                name += "_field";
            }

            columns.Add(new(index, name));
        }

        return columns;
    }
}
