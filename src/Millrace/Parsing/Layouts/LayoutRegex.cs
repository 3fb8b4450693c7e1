using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// Derives from a layout the regular expression that other engines read its lines with. On every line that the layout reads its groups hold the same texts: a
/// field ends at the first place where the literal behind it stands, which is what a negated class or the shortest match finds.
/// </summary>
/// <remarks>It is wider than the parser where an expression could not say more: days that the calendar does not have, a literal of several bytes inside of a field.</remarks>
static class LayoutRegex
{
    const string ClfTime = "[0-9]{2}/[A-Za-z]{3}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}(?: [+-][0-9]{2}:?(?:[0-9]{2})?)?";
    internal const string IsoTime = "[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}[Tt _][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:[Zz]| ?[+-][0-9]{2}:?(?:[0-9]{2})?)?";
    const string EpochTime = "[0-9]{1,19}(?:\\.[0-9]+)?";

    const string Element = " *(?:-|-?[0-9]+(?:\\.[0-9]+)?) *";

    /// <summary>The table of a layout.</summary>
    public static RawTable Of(LineLayout layout)
    {
        // Built from the end, since what follows a field that may be the last is an alternative to the line's end.
        var steps = layout.Steps;
        var rest = !layout.AllowsTail ? "" : steps[^1].TerminatorBytes is [.., (byte)' '] ? ".*" : "(?: .*)?";
        var isLoose = steps.Any(step => step.Syntax == FieldSyntax.LooseQuoted);
        foreach (var step in steps.Reverse())
        {
            var more = Literal(step.TerminatorBytes) + rest;
            var follows = step.Ending is null ? more : step.Ending.Length == 0 ? $"(?:{more})?" : $"(?:{more}|{Literal(step.Ending)})";
            rest = $"({(isLoose && step.Syntax == FieldSyntax.Text ? Bare(step) : Group(step))}){follows}";
        }

        return new RawTable.Regex($"^{Literal(layout.Lead)}{rest}$", [.. layout.Fields.Select((field, index) => Field(field, index, layout.Fields))])
        {
            Sums = [.. layout.SumParts.Select((parts, index) => new RawSum(layout.Fields.Count + index, parts))],
        };
    }

    /// <summary>Text beside fields in loose quotes: where those end shows only if it holds no quotes itself.</summary>
    static string Bare(in LayoutStep step) => step.TerminatorLength == 0 ? "[^\"]*" : $"[^{InClass((char)step.First)}\"]*";

    // A table's columns differ in their names, as the fields of a layout need not.
    static string NameOf(LayoutPiece.Field field, int index, IReadOnlyList<LayoutPiece.Field> fields) =>
        fields.Take(index).Count(other => other.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) is > 0 and var before ? $"{field.Name}_{before + 1}" : field.Name;

    static RawField Field(LayoutPiece.Field field, int index, IReadOnlyList<LayoutPiece.Field> fields) => new(index, NameOf(field, index, fields), field.Syntax switch
    {
        FieldSyntax.LooseQuoted => RawValue.QuotedText,
        FieldSyntax.Integer or FieldSyntax.SignedInteger or FieldSyntax.Status => RawValue.Integer,
        FieldSyntax.Seconds => RawValue.Seconds,
        FieldSyntax.Milliseconds => RawValue.Milliseconds,
        FieldSyntax.Microseconds => RawValue.Microseconds,
        FieldSyntax.SecondsList => RawValue.SecondsList,
        FieldSyntax.ClfTime => RawValue.ClfTime,
        FieldSyntax.IsoTime => RawValue.IsoTime,
        FieldSyntax.EpochTime => RawValue.EpochTime,
        FieldSyntax.AnyTime => RawValue.AnyTime,
        FieldSyntax.Number => RawValue.Real,
        FieldSyntax.PatternTime => field.Pattern!.IsIso ? RawValue.IsoTime : field.Pattern.IsEpoch ? RawValue.EpochTime : RawValue.PatternTime,
        _ => RawValue.Text,
    })
    {
        TimePattern = field.Pattern?.JavaPattern ?? "",
    };

    static string Group(in LayoutStep step) => step.Syntax switch
    {
        FieldSyntax.Integer => "-|[0-9]{1,18}",
        FieldSyntax.SignedInteger => "-?[0-9]{1,18}|-",
        FieldSyntax.LooseQuoted => "\".*?\"|[^ \"]*",
        FieldSyntax.Status => "-|[0-9]{3}",
        FieldSyntax.Seconds or FieldSyntax.Milliseconds or FieldSyntax.Microseconds when !EndsAtSpace(step) => $"|{Element}",
        FieldSyntax.Seconds or FieldSyntax.Milliseconds or FieldSyntax.Microseconds => "|-|-?[0-9]+(?:\\.[0-9]+)?",
        FieldSyntax.ClfTime => ClfTime,
        FieldSyntax.IsoTime => IsoTime,
        FieldSyntax.EpochTime => EpochTime,
        FieldSyntax.PatternTime => step.Pattern!.Expression,
        FieldSyntax.Number => "|-|[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[Ee][-+]?[0-9]+)?",
        FieldSyntax.Address => "|-|[0-9A-Fa-f:.%]*",
        FieldSyntax.AddressAndPort => "|-|\\[[0-9A-Fa-f:.%]*\\](?::[0-9]+)?|[0-9A-Fa-f:.%]*",
        FieldSyntax.List when EndsAtSpace(step) => "(?:[,:] | : |[^ ])*",
        FieldSyntax.SecondsList when EndsAtSpace(step) => "(?:[,:] | : |[-0-9.,:])*",
        FieldSyntax.SecondsList => $"|{Element}(?:[,:]{Element})*",

        // Unrolled, since Java's engine goes one call deeper with each round of a group.
        FieldSyntax.Quoted when step.TerminatorLength == 1 => "[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*",
        FieldSyntax.Quoted => "[^\"\\\\]*(?:(?:\\\\.|\")[^\"\\\\]*)*?",
        _ => Anything(step),
    };

    static bool EndsAtSpace(in LayoutStep step) => step is { TerminatorLength: 1, First: (byte)' ' };

    static string Anything(in LayoutStep step) => step switch
    {
        { TerminatorLength: 0 } => ".*",
        { TerminatorLength: 1, First: < 0x80 } => $"[^{InClass((char)step.First)}]*",
        _ => ".*?",
    };

    /// <summary>A character as it stands in a class; those that mean something there are escaped.</summary>
    static string InClass(char c) => c switch
    {
        '\t' => "\\t",
        '\\' or ']' or '[' or '^' or '-' or '&' => $"\\{c}",
        _ => c.ToString(),
    };

    // Regex.Escape also escapes spaces and #, which need it in no engine without comments in expressions.
    static string Literal(byte[] bytes) =>
        Regex.Escape(Encoding.UTF8.GetString(bytes)).Replace("\\ ", " ", StringComparison.Ordinal).Replace("\\#", "#", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);
}
