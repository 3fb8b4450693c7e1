namespace Millrace.Lake.Tables;

/// <summary>In which form a report's files are written.</summary>
public enum ReportFileKind
{
    /// <summary>Parquet, which keeps the types of its columns.</summary>
    Parquet,

    /// <summary>CSV with a line of names.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Ndjson,
}
