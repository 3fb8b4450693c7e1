using Millrace.Parsing;
using Millrace.Sources;

namespace Millrace.Queries.Scanning;

/// <summary>A file and how its lines are read.</summary>
/// <param name="File">The file.</param>
/// <param name="Binding">Its format.</param>
sealed record PlannedFile(LogFile File, FormatBinding Binding)
{
    /// <summary>The layout that its format was given, if it was given one.</summary>
    public string? Layout { get; init; }
}
