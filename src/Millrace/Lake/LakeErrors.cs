namespace Millrace.Lake;

/// <summary>Makes DuckDB's messages about a lake's files fit for people who know of the lake alone.</summary>
public static class LakeErrors
{
    // What DuckDB says of bytes that are no Parquet, without the name of the file.
    const string Unexpected = "Invalid Error:";

    /// <summary>The message; where it is of a data file, or may be, with what can be done about it.</summary>
    public static string Explain(string message) =>
        NamesDataFile(message) ? $"A file of the lake is damaged or gone: {message}\n'millrace lake check' names every such file. Restore it from a copy, or ingest its sources into a new lake."
        : message.StartsWith(Unexpected, StringComparison.Ordinal) ? $"A file of the lake may be damaged: {message.TrimEnd(' ', ':')}\n'millrace lake check' names it, if so. Restore it from a copy, or ingest its sources into a new lake."
        : message;

    static bool NamesDataFile(string message) =>
        message.IndexOf("/part-", StringComparison.Ordinal) is >= 0 and var start && message.IndexOf(".parquet", start, StringComparison.Ordinal) > 0;
}
