using System.Text;
using Millrace.Events;

namespace Millrace.Parsing.W3c;

/// <summary>The fields that one file has, and how the values under any directive go to them.</summary>
/// <param name="dialect">Who writes the file.</param>
/// <param name="fields">The fields behind that of the time.</param>
sealed class W3cColumns(W3cDialect dialect, IReadOnlyList<W3cField> fields)
{
    /// <summary>How many fields there are.</summary>
    public int Count => fields.Count + 1;

    /// <summary>Who writes the file.</summary>
    public W3cDialect Dialect => dialect;

    /// <summary>What the event columns are made from.</summary>
    public ColumnMap Map()
    {
        var columns = new ColumnMap { [EventColumn.Timestamp] = ColumnSource.From(0) };
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Kind == ColumnSourceKind.UrlPath)
            {
                columns.WithUrl(index + 1);
            }
            else if (fields[index].Column is { } column && columns[column].Kind == ColumnSourceKind.None)
            {
                columns[column] = new(fields[index].Kind, index + 1);
            }
        }

        return columns;
    }

    /// <summary>Where the values under a directive go. The first of several values of one field has it; the others, and those without a field, are attributes.</summary>
    public W3cStep[] Steps(IEnumerable<string> names)
    {
        var taken = new HashSet<int>();
        return [.. names.Select(name =>
        {
            var field = dialect.Find(name) ?? new W3cField(name, W3cSyntax.Text);
            if (field.IsTime)
            {
                return new W3cStep(0, field.Syntax, name, isEssential: true);
            }

            var index = fields.Index().FirstOrDefault(other => field.IsAliasOf(other.Item), (-1, null!)).Index;
            return new W3cStep(index >= 0 && taken.Add(index) ? index + 1 : -1, field.Syntax, name, isEssential: field.Column is not null);
        })];
    }
}

/// <summary>One value of a line.</summary>
/// <param name="field">The number of its field; -1 where it is an attribute.</param>
/// <param name="syntax">How it is written.</param>
/// <param name="name">Its name in the directive.</param>
/// <param name="isEssential">True where a line is a reject whose value is not well-formed; else such a value is an attribute.</param>
readonly struct W3cStep(int field, W3cSyntax syntax, string name, bool isEssential)
{
    /// <summary>The number of its field; -1 where it is an attribute.</summary>
    public readonly int Field = field;

    /// <summary>How it is written.</summary>
    public readonly W3cSyntax Syntax = syntax;

    /// <summary>True where a line is a reject whose value is not well-formed; else such a value is an attribute.</summary>
    public readonly bool IsEssential = isEssential;

    /// <summary>Its name as UTF-8.</summary>
    public readonly byte[] Name = Encoding.UTF8.GetBytes(name);

    /// <summary>Why a line is rejected whose value is not well-formed.</summary>
    public readonly string Malformed = $"{name} is not {Expected(syntax)}";

    static string Expected(W3cSyntax syntax) => syntax switch
    {
        W3cSyntax.Status => "a status of three digits",
        W3cSyntax.Date or W3cSyntax.LocalDate => "a date like 2026-11-22",
        W3cSyntax.Time or W3cSyntax.LocalTime => "a time like 10:00:00",
        _ => "a number",
    };
}
