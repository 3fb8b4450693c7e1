using Millrace.Events;

namespace Millrace.Queries.Results;

/// <summary>A column of a table that another engine reads.</summary>
/// <param name="Name">Its name, as the files have it.</param>
/// <param name="Type">What it holds.</param>
public sealed record TableColumn(string Name, ColumnType Type);
