namespace Millrace.Cli.Output;

/// <summary>Where a result goes and how it looks.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Path">A file, a directory (ending in a slash) or <c>s3://</c>; null for standard output.</param>
sealed record OutputChoice(OutputKind Kind, string? Path)
{
    /// <summary>When it is coloured.</summary>
    public ColorChoice Color { get; init; }

    /// <summary>The file-name extension of the form.</summary>
    public string Extension => Kind switch
    {
        OutputKind.Table => "txt",
        OutputKind.Csv => "csv",
        OutputKind.Parquet => "parquet",
        OutputKind.Ndjson => "ndjson",
        _ => "json",
    };
}
