using System.Text;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>
/// A JSON format of known keys, one object a line, told by a table of its fields. Keys count as they are written, in any order, nested or with dots; what
/// the table does not name goes to <c>attributes</c>, as does a value that is no text where one is expected. A line that lacks a required key, or
/// whose number, time or truth value is not well-formed, is a reject (but see <see cref="JsonField.IsLoose"/>). <c>null</c>, nothing and <c>-</c> are NULL.
/// </summary>
/// <param name="fields">The fields. Of several that give the same event column, the first one does.</param>
sealed partial class JsonShape(params IReadOnlyList<JsonField> fields)
{
    // What does not depend on the file, made once: many a directory has thousands.
    Compiled? _own;
    byte[][]? _marks;

    /// <summary>The fields of the table.</summary>
    public IReadOnlyList<JsonField> Fields => fields;

    /// <summary>True where the object may stand in a record of a stream, <c>{"partitionKey": …, "data": {…}}</c>.</summary>
    public bool MayBeWrapped { get; init; }

    /// <summary>True where a producer may write a path as nested objects or as one key with dots, so that no fixed path leads to its values.</summary>
    public bool HasDottedKeys { get; init; }

    /// <summary>The rule that names the service where the command line has none.</summary>
    public ServiceRule? Service { get; init; }

    /// <summary>The rule that names the caller where the command line has none.</summary>
    public ServiceRule? Caller { get; init; }

    /// <summary>The shape as a format fixed for a file, with fields more for what the user maps and asks for.</summary>
    public FormatBinding Bind(string format, FormatInput input)
    {
        IReadOnlyList<JsonField> more = [.. Mapped(input), .. input.FieldPaths.Select(path => new JsonField(path, path, JsonFieldSyntax.Any))];
        var compiled = more.Count == 0 ? (_own ??= Compile(fields)) : Compile([.. fields, .. more]);
        var zone = input.TimeZone;
        return new()
        {
            Format = format,
            Fields = compiled.Fields,
            Columns = MapColumns(input),
            CreateParser = () => new JsonLineParser(compiled.Plan.Value, new LocalZone(zone)),
            Service = Service,
            Caller = Caller,
            RawSource = Raw,
            Marks = _marks ??= [.. RequiredPaths(fields).SelectMany(path => path.Split('.')).Distinct().Select(Encoding.UTF8.GetBytes)],
        };
    }

    Compiled Compile(IReadOnlyList<JsonField> all) => new([.. all.Select(field => new FormatField(field.Name, field.Type, field.Meaning))], new(() => Plan(all)));

    static IEnumerable<string> RequiredPaths(IReadOnlyList<JsonField> all) => all.Where(field => field.IsRequired || field.Constant is not null).Select(field => field.Path);

    static IEnumerable<JsonField> Mapped(FormatInput input) => input.Mapping.Select(pair => new JsonField(pair.Value, pair.Value, pair.Key switch
    {
        EventColumn.Timestamp => JsonFieldSyntax.AnyTime,
        EventColumn.Status => JsonFieldSyntax.Status,
        EventColumn.Bytes => JsonFieldSyntax.Count,
        EventColumn.DurationUs => JsonFieldSyntax.Duration,
        _ => JsonFieldSyntax.Text,
    }, Unit: FieldNames.UnitOf(pair.Value))
    { IsLoose = true });

    JsonPlan Plan(IReadOnlyList<JsonField> all)
    {
        var required = RequiredPaths(all).ToList();
        string[] malformed = [.. all.Select(field => field.Malformed)];
        var wants = all.Select((field, number) => (field.Path, new JsonWant(number, 0, number, field.Syntax, field.Unit) { IsStrict = field.IsStrict }));
        return new(new JsonPaths(isExact: true), wants, required, MayBeWrapped)
        {
            FieldCount = all.Count,
            Constants = [.. all.Index().Where(field => field.Item.Constant is not null).Select(field => (field.Index, Encoding.UTF8.GetBytes(field.Item.Constant!)))],
            Misfit = $"the line does not have what the format requires: {string.Join(", ", required)}",
            Malformed = number => malformed[number],
        };
    }

    ColumnMap MapColumns(FormatInput input)
    {
        var columns = new ColumnMap();
        for (var number = 0; number < fields.Count; number++)
        {
            Map(columns, fields[number], number);
        }

        foreach (var (offset, (column, _)) in input.Mapping.Index())
        {
            columns[column] = new(column == EventColumn.Level ? ColumnSourceKind.Severity : ColumnSourceKind.Field, fields.Count + offset);
        }

        return columns;
    }

    void Map(ColumnMap columns, JsonField field, int number)
    {
        if (field.Kind == ColumnSourceKind.RequestPath)
        {
            columns.WithRequest(number);
        }
        else if (field.Kind == ColumnSourceKind.UrlPath && field.Column is null && columns[EventColumn.Path].Kind == ColumnSourceKind.None)
        {
            columns.WithUrl(number);
        }
        else if (field.Column is { } column && columns[column].Kind == ColumnSourceKind.None)
        {
            columns[column] = new(field.Kind, number, field.Otherwise is { } other ? IndexOf(other) : -1);
        }
    }

    int IndexOf(string name) => fields.Index().Single(field => field.Item.Name == name).Index;

    // The plan is made for the first parser: to tell a format, most need none.
    sealed record Compiled(IReadOnlyList<FormatField> Fields, Lazy<JsonPlan> Plan);
}
