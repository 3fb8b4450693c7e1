namespace Millrace.Queries;

/// <summary>Makes DuckDB's error messages fit for people who asked Millrace.</summary>
static class SqlErrors
{
    /// <summary>The message, with a way on where one is known.</summary>
    public static string Explain(string message) =>
        message.Contains("httpfs", StringComparison.OrdinalIgnoreCase)
            ? message + "\nS3 is read through logs('s3://bucket/prefix'); Parquet, CSV and JSON files must be local."
            : message;
}
