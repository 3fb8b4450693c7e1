using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>
/// The plan of lines whose keys have the usual names. The first fields of a line are the event columns up to <c>trace_id</c>, in their order; the fields
/// that rules ask for come after them.
/// </summary>
static class JsonNames
{
    /// <summary>How many fields are event columns.</summary>
    public const int ColumnCount = (int)EventColumn.TraceId + 1;

    const int NamedSlots = (int)NamedField.TraceId + 1;

    static readonly ServiceRule ServiceField = ServiceRule.Parse("field:service");
    static readonly ServiceRule CallerField = ServiceRule.Parse("field:caller");

    // Where the user says nothing, it is the same for every file.
    static readonly Lazy<JsonPlan> Usual = new(() => Compile(new FormatInput()));

    /// <summary>The plan for what the user said about one file.</summary>
    public static JsonPlan Plan(FormatInput input) => input.Mapping.Count == 0 && input.FieldPaths.Count == 0 ? Usual.Value : Compile(input);

    static JsonPlan Compile(FormatInput input) => new(new JsonPaths(isExact: false), Wants(input), [], mayBeWrapped: true)
    {
        FieldCount = ColumnCount + input.FieldPaths.Count,
        IsOfUsualNames = true,
        Malformed = static _ => "the time is not well-formed",
    };

    /// <summary>A format of such lines, fixed for a file.</summary>
    public static FormatBinding Bind(string format, FormatInput input, Func<LineParser> createParser, RawTable raw) => new()
    {
        Format = format,
        Fields = [.. Enumerable.Range(0, ColumnCount).Select(FieldOf), .. input.FieldPaths.Select(path => new FormatField(path, ColumnType.Text))],
        Columns = MapColumns(),
        CreateParser = createParser,
        Service = ServiceField,
        Caller = CallerField,
        Raw = raw,
    };

    static FormatField FieldOf(int column) => new(((EventColumn)column).Name(), ((EventColumn)column).Type());

    static ColumnMap MapColumns()
    {
        var columns = new ColumnMap();
        for (var column = 0; column < ColumnCount; column++)
        {
            columns[(EventColumn)column] = ColumnSource.From(column);
        }

        columns[EventColumn.Level] = new(ColumnSourceKind.Severity, (int)EventColumn.Level);
        columns[EventColumn.ClientIp] = new(ColumnSourceKind.AddressWithoutPort, (int)EventColumn.ClientIp);
        return columns;
    }

    static IEnumerable<(string Path, JsonWant Want)> Wants(FormatInput input)
    {
        var mapped = input.Mapping.Where(pair => pair.Key.Field() is not null).ToDictionary(pair => pair.Key.Field()!.Value, pair => pair.Value);
        foreach (var (name, meaning) in FieldNames.All)
        {
            if (!mapped.ContainsKey(meaning.Field))
            {
                yield return (name, Want(meaning.Field, meaning.Rank, meaning.Unit));
            }
        }

        foreach (var (field, path) in mapped)
        {
            yield return (path, Want(field, 0, FieldNames.UnitOf(path)));
        }

        for (var i = 0; i < input.FieldPaths.Count; i++)
        {
            yield return (input.FieldPaths[i], new(NamedSlots + i, 0, ColumnCount + i, JsonFieldSyntax.Any, default));
        }
    }

    static JsonWant Want(NamedField field, int rank, DurationUnit unit) => new((int)field, rank, (int?)field.Column() ?? -1, SyntaxOf(field), unit);

    static JsonFieldSyntax SyntaxOf(NamedField field) => field switch
    {
        NamedField.Timestamp => JsonFieldSyntax.AnyTime,
        NamedField.Status => JsonFieldSyntax.Status,
        NamedField.Bytes => JsonFieldSyntax.Count,
        NamedField.Duration => JsonFieldSyntax.Duration,
        NamedField.Request => JsonFieldSyntax.RequestLine,
        NamedField.Caller => JsonFieldSyntax.ServiceName,
        NamedField.Url or NamedField.Method or NamedField.Endpoint => JsonFieldSyntax.OnlyString,
        _ => JsonFieldSyntax.Text,
    };
}
