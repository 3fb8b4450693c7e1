using System.Text;
using Millrace.Events;
using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Own;

/// <summary>Reads the pattern of an own format, <c>{client_ip:ip} - {user} [{timestamp:%d/%b/%Y:%H:%M:%S %z}] "{request:request}" {status} {took:ms}</c>, into a layout.</summary>
static class OwnPattern
{
    /// <summary>Compiles a pattern. Throws a <see cref="UserException"/> where it cannot be read unambiguously.</summary>
    public static LineLayout Compile(string pattern, bool allowsTail)
    {
        var parts = Read(pattern);
        var names = parts.Where(part => part.Name is not null).Select(part => part.Name!).ToList();
        if (names.Count == 0)
        {
            throw Wrong("The pattern has no field. Expected at least one, such as {message}.");
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Wrong($"The pattern has the field '{twice.Key}' more than once. Give each a name of its own.");
        }

        var pieces = new List<LayoutPiece>();
        var taken = names.Where(name => EventColumns.TryFind(name, out _)).Select(name => name.ToLowerInvariant()).ToHashSet();
        for (var i = 0; i < parts.Count; i++)
        {
            pieces.Add(parts[i].Name is { } name
                ? Field(name, OwnFieldType.Of(name, parts[i].Text), i + 1 < parts.Count ? parts[i + 1] : null, taken)
                : new LayoutPiece.Literal(parts[i].Text!));
        }

        return LineLayout.Compile(pieces, allowsTail);
    }

    /// <summary>True where the pattern asks for something of a line, so that not every text is of the format.</summary>
    public static bool IsTelling(LineLayout layout) =>
        layout.Steps.Any(step => step.Syntax > FieldSyntax.List) || layout.Lead.Length + layout.Steps.Sum(step => step.TerminatorBytes.Count(b => b != ' ')) > 0;

    /// <summary>Literals, and fields with what stands behind the colon.</summary>
    static List<(string? Name, string? Text)> Read(string pattern)
    {
        var parts = new List<(string?, string?)>();
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == pattern[i])
            {
                literal.Append(pattern[i++]);
            }
            else if (pattern[i] == '{')
            {
                if (literal.Length > 0)
                {
                    parts.Add((null, literal.ToString()));
                    literal.Clear();
                }

                parts.Add(ReadField(pattern, ref i));
            }
            else if (pattern[i] == '}')
            {
                throw Wrong($"The pattern has a '}}' at position {i + 1} that closes nothing. A brace itself is written twice: }}}}.");
            }
            else
            {
                literal.Append(pattern[i]);
            }
        }

        if (literal.Length > 0)
        {
            parts.Add((null, literal.ToString()));
        }

        return parts;
    }

    static (string? Name, string? Text) ReadField(string pattern, ref int at)
    {
        var open = at;
        at = pattern.IndexOf('}', open);
        if (at < 0)
        {
            throw Wrong($"The field at position {open + 1} of the pattern is not closed. Expected {{name}} or {{name:type}}; a brace itself is written twice: {{{{.");
        }

        var words = pattern[(open + 1)..at].Split(':', 2);
        var name = words[0].Trim();
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? (name, words.Length == 2 ? words[1] : null)
            : throw Wrong($"The field at position {open + 1} of the pattern is called '{name}'. Expected a name of letters, digits and underscores, such as {{client_ip}}.");
    }

    static LayoutPiece.Field Field(string name, OwnFieldType type, (string? Name, string? Text)? next, HashSet<string> taken)
    {
        // A time that may hold what follows it ends where its pattern does.
        var followedBySpace = next is { Name: null, Text: [' ', ..] };
        var syntax = type.Pattern is not null && followedBySpace ? FieldSyntax.PatternTime : type.Syntax;
        var (column, kind) = ColumnOf(name, type, taken);
        return new(name, syntax, column, kind) { Pattern = syntax == FieldSyntax.PatternTime ? type.Pattern : null };
    }

    /// <summary>
    /// The column of the field's name. Where no field has the name of the column, the first time is the timestamp, the first duration the event's, and the first level the
    /// event's.
    /// </summary>
    static (EventColumn? Column, ColumnSourceKind Kind) ColumnOf(string name, OwnFieldType type, HashSet<string> taken)
    {
        if (EventColumns.TryFind(name, out var column))
        {
            Check(name, column, type);
            return type.Kind == ColumnSourceKind.RequestPath || (type.Kind == ColumnSourceKind.UrlPath && column == EventColumn.Path) ? (null, type.Kind)
                : (column, type.Kind == ColumnSourceKind.UrlPath ? ColumnSourceKind.Field : type.Kind);
        }

        EventColumn? usual = type.IsTime ? EventColumn.Timestamp : type.IsDuration ? EventColumn.DurationUs : type.Kind == ColumnSourceKind.Severity ? EventColumn.Level : null;
        var isFirst = usual is { } wanted && taken.Add(wanted.Name());
        return (isFirst ? usual : null, usual is null || isFirst ? type.Kind : ColumnSourceKind.Field);
    }

    static void Check(string name, EventColumn column, OwnFieldType type)
    {
        if (column is EventColumn.Attributes or EventColumn.Raw or EventColumn.File or EventColumn.Line)
        {
            throw Wrong($"The field '{name}' has the name of a column that every event has of itself. Give it another name.");
        }

        var expected = column switch
        {
            EventColumn.Timestamp when !type.IsTime => "a time: time, iso, clf, epoch or a time pattern",
            EventColumn.Status or EventColumn.Bytes when type.Syntax is not (FieldSyntax.Integer or FieldSyntax.Status) => "int or status",
            EventColumn.DurationUs when !type.IsDuration => "seconds, ms or us",
            not (EventColumn.Timestamp or EventColumn.Status or EventColumn.Bytes or EventColumn.DurationUs) when type.Syntax is not (FieldSyntax.Text or FieldSyntax.Quoted or FieldSyntax.Address or FieldSyntax.AddressAndPort) => "text",
            _ => null,
        };
        if (expected is not null)
        {
            throw Wrong($"The field '{name}' gives the column of that name, which cannot be made from its type. Expected {expected}, or another name.");
        }
    }

    static UserException Wrong(string message) => new(message, UserException.Usage);
}
