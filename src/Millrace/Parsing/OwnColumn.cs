namespace Millrace.Parsing;

/// <summary>A field that is a column of its own, since no event column is made from it.</summary>
/// <param name="Field">The field's number.</param>
/// <param name="Name">The column's name.</param>
public sealed record OwnColumn(int Field, string Name);
