namespace Millrace.Reports;

/// <summary>A question worth asking of logs, and what it may be asked with. It is answered by SQL, or by a digest.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">What it answers, in a line.</param>
public abstract record Report(string Name, string Title)
{
    /// <summary>What it takes besides sources, range, conditions and order.</summary>
    public IReadOnlyList<ReportParameter> Parameters { get; init; } = [];

    /// <summary>The range that it covers where none is named, up to now.</summary>
    public TimeSpan DefaultRange { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How its rows are drawn best.</summary>
    public ReportChart Chart { get; init; } = new(ChartKind.Table);

    /// <summary>True where it takes a parameter of this name.</summary>
    public bool Takes(string parameter) => Parameters.Any(one => one.Name == parameter);
}

/// <summary>A report that one <c>.sql</c> file of its name answers, over the view <c>events</c>.</summary>
/// <param name="Name">The name on the command line, and of the <c>.sql</c> file.</param>
/// <param name="Title">What it answers, in a line.</param>
/// <param name="Measures">Columns that a format may not have. One that is NULL in every row is left out of JSON.</param>
public sealed record SqlReport(string Name, string Title, IReadOnlyList<string> Measures) : Report(Name, Title)
{
    /// <summary>Columns, with their SQL types, that the report uses besides the event columns. Where a format does not have one, it is NULL.</summary>
    public IReadOnlyDictionary<string, string> OwnColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>True where it only adds up <see cref="EventMeasures"/>, so that rollups can answer it.</summary>
    public bool AddsUp { get; init; }

    /// <summary>What the parameter <c>by</c> takes, and the expression of each; empty where the report does not take it.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();
}

/// <summary>A report that reads errors one by one and puts them into groups, which SQL cannot do.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">What it answers, in a line.</param>
public sealed record DigestReport(string Name, string Title) : Report(Name, Title);
