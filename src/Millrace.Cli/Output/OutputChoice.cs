using Millrace.App.Runs;

namespace Millrace.Cli.Output;

/// <summary>Where a result goes and how it looks.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Path">A file, a directory (ending in a slash) or <c>s3://</c>; null for standard output.</param>
sealed record OutputChoice(OutputKind Kind, string? Path)
{
    /// <summary>When it is coloured.</summary>
    public ColorChoice Color { get; init; }

    /// <summary>True where <c>--out</c> names a directory.</summary>
    public bool IsDirectory => Path is { } path && ReportPath.IsDirectory(path);

    /// <summary>The file-name extension of the form.</summary>
    public string Extension => Kind == OutputKind.Table ? "txt" : Form.Extension();

    /// <summary>The form for programs; a table has none.</summary>
    public ResultForm Form => Kind switch
    {
        OutputKind.Json => ResultForm.Json,
        OutputKind.Ndjson => ResultForm.Ndjson,
        OutputKind.Csv => ResultForm.Csv,
        OutputKind.Parquet => ResultForm.Parquet,
        OutputKind.NodeGraph => ResultForm.NodeGraph,
        _ => throw new InvalidOperationException("A table is for people."),
    };
}
