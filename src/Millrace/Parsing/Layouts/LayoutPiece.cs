using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>A piece of a layout: a literal text, or a field.</summary>
abstract record LayoutPiece
{
    /// <summary>Text that stands in every line as it is.</summary>
    public sealed record Literal(string Text) : LayoutPiece;

    /// <summary>A place at which the line may end, after a field and perhaps a literal. The fields behind it are then NULL.</summary>
    public sealed record MayEnd : LayoutPiece;

    /// <summary>A number that no line holds: the sum of others, NULL where one of them is.</summary>
    /// <param name="Name">Its name as a column of its own.</param>
    /// <param name="Parts">The names of the fields that are added.</param>
    /// <param name="Column">The event column that it gives.</param>
    /// <param name="Meaning">What it says, for <c>formats explain</c>.</param>
    public sealed record Sum(string Name, IReadOnlyList<string> Parts, EventColumn Column, string Meaning) : LayoutPiece;

    /// <summary>A field.</summary>
    /// <param name="Name">Its name as a column of its own.</param>
    /// <param name="Syntax">How it is written.</param>
    /// <param name="Column">The event column that it gives, if it gives one.</param>
    /// <param name="Kind">How the event column is made from it.</param>
    /// <param name="Meaning">What it says, for <c>formats explain</c>.</param>
    public sealed record Field(string Name, FieldSyntax Syntax, EventColumn? Column = null, ColumnSourceKind Kind = ColumnSourceKind.Field, string Meaning = "") : LayoutPiece
    {
        /// <summary>How a <see cref="FieldSyntax.PatternTime"/> is written.</summary>
        public TimePattern? Pattern { get; init; }

        public ColumnType Type => Syntax switch
        {
            FieldSyntax.Text or FieldSyntax.Quoted or FieldSyntax.LooseQuoted or FieldSyntax.List or FieldSyntax.Address or FieldSyntax.AddressAndPort => ColumnType.Text,
            FieldSyntax.Number => ColumnType.Real,
            >= FieldSyntax.ClfTime => ColumnType.Timestamp,
            _ => ColumnType.Integer,
        };
    }
}
