using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>One field of a format, as it stands in the line.</summary>
/// <param name="Name">The name it has as a SQL column when it is not shown as an event column.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Meaning">What it says, with its unit, for <c>formats explain</c>.</param>
public sealed record FormatField(string Name, ColumnType Type, string Meaning = "");
