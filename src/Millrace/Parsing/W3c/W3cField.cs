using Millrace.Events;

namespace Millrace.Parsing.W3c;

/// <summary>A field that a <c>#Fields:</c> line may name.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Syntax">How its values are written.</param>
/// <param name="Column">The event column that it gives, if it gives one.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Kind">How the event column is made from it.</param>
sealed record W3cField(string Name, W3cSyntax Syntax, EventColumn? Column = null, string Meaning = "", ColumnSourceKind Kind = ColumnSourceKind.Field)
{
    /// <summary>The name as a column of its own: <c>cs(User-Agent)</c> is <c>cs_user_agent</c>.</summary>
    public string ColumnName => string.Join('_', string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The type of the column.</summary>
    public ColumnType Type => Syntax switch
    {
        W3cSyntax.Integer or W3cSyntax.Status or W3cSyntax.Taken or W3cSyntax.Seconds => ColumnType.Integer,
        W3cSyntax.Real => ColumnType.Real,
        _ => ColumnType.Text,
    };

    /// <summary>True where both names stand for the same value.</summary>
    public bool IsAliasOf(W3cField other) => Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase) || (Column is not null && Column == other.Column && Kind == other.Kind);

    /// <summary>True for the parts of the event's time, which have one field together.</summary>
    public bool IsTime => Syntax is W3cSyntax.Date or W3cSyntax.Time or W3cSyntax.LocalDate or W3cSyntax.LocalTime;
}
