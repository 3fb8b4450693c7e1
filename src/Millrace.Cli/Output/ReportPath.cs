using System.Globalization;

namespace Millrace.Cli.Output;

/// <summary>Where a run of a report goes in a directory: <c>report/date=…/since_until.ext</c>. The same range writes the same file, so that a rerun replaces it.</summary>
static class ReportPath
{
    /// <summary>The output in a directory, where <c>--out</c> names one; else what was asked for.</summary>
    /// <param name="output">What was asked for.</param>
    /// <param name="report">The report's name.</param>
    /// <param name="by">What the report is told by besides; such rows are a table of their own.</param>
    /// <param name="since">The first instant of the range.</param>
    /// <param name="until">The last.</param>
    public static OutputChoice In(OutputChoice output, string report, string? by, DateTimeOffset since, DateTimeOffset until) =>
        IsDirectory(output)
            ? output with { Path = $"{output.Path!.TrimEnd('/')}/{report}{(by is null ? "" : $"-by-{by}")}/date={until.UtcDateTime:yyyy-MM-dd}/{Compact(since)}_{Compact(until)}.{output.Extension}" }
            : output;

    /// <summary>True where <c>--out</c> names a directory.</summary>
    public static bool IsDirectory(OutputChoice output) => output.Path is { } target && (target.EndsWith('/') || Directory.Exists(target));

    /// <summary>A time as names of files have it.</summary>
    public static string Compact(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.FFFFFF'Z'", CultureInfo.InvariantCulture).Replace(".Z", "Z", StringComparison.Ordinal);
}
