using System.Text.RegularExpressions;

namespace Millrace.Queries;

/// <summary>Makes DuckDB's error messages fit for people who asked Millrace.</summary>
static partial class SqlErrors
{
    /// <summary>The message, with a way on where one is known.</summary>
    public static string Explain(string message) =>
        message.Contains("httpfs", StringComparison.OrdinalIgnoreCase) ? message + "\nS3 is read through logs('s3://bucket/prefix'); Parquet, CSV and JSON files must be local."
        : MissingTable().Match(message).Groups["name"].Value is { Length: > 0 } name && LooksLikeSource(name) ? $"'{name}' is not a table. Raw logs are read through logs({SqlText.Literal(name)})."
        : message;

    /// <summary>True for what names a file, a folder or a pattern rather than a table.</summary>
    static bool LooksLikeSource(string name) => name == "-" || name.AsSpan().IndexOfAny("./*\\:") >= 0 || Path.Exists(name);

    [GeneratedRegex(@"Table with name (?<name>.+) does not exist", RegexOptions.CultureInvariant)]
    private static partial Regex MissingTable();
}
