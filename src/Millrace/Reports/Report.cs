namespace Millrace.Reports;

/// <summary>A question worth asking of logs: one <c>.sql</c> file over the view <c>events</c>, and what it may be asked with.</summary>
/// <param name="Name">The name on the command line, and of the <c>.sql</c> file.</param>
/// <param name="Title">What it answers, in a line.</param>
/// <param name="Measures">
/// Columns that a format may not have. One that is NULL in every row is left out of JSON.
/// </param>
public sealed record Report(string Name, string Title, IReadOnlyList<string> Measures)
{
    /// <summary>
    /// Columns, with their SQL types, that the report uses besides the event columns. Where a format does not have one, it is NULL.
    /// </summary>
    public IReadOnlyDictionary<string, string> OwnColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>True where it only adds up <see cref="EventMeasures"/>, so that it may be asked of rollups.</summary>
    public bool AddsUp { get; init; }

    /// <summary>What <c>--by</c> takes, and the expression of each; empty where the report has no such option.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();
}
