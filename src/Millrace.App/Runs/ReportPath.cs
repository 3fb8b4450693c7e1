using System.Globalization;

namespace Millrace.App.Runs;

/// <summary>
/// Where a run of a report goes in a directory: <c>report/date=…/since_until.ext</c>. The same range writes the same file, so that a rerun replaces it.
/// </summary>
public static class ReportPath
{
    /// <summary>The file for a run.</summary>
    /// <param name="directory">The directory or prefix.</param>
    /// <param name="report">The report's name.</param>
    /// <param name="by">What the report is also split by; such rows are a table of their own. Null for nothing.</param>
    /// <param name="since">The first instant of the range; null for no bound.</param>
    /// <param name="until">The last, or the time of the run where there is no bound.</param>
    /// <param name="extension">The extension.</param>
    public static string In(string directory, string report, string? by, DateTimeOffset? since, DateTimeOffset until, string extension) =>
        $"{directory.TrimEnd('/')}/{report}{(by is null ? "" : $"-by-{by}")}/date={until.UtcDateTime:yyyy-MM-dd}/{(since is { } first ? Compact(first) : "all")}_{Compact(until)}.{extension}";

    /// <summary>True where a path names a directory or a prefix.</summary>
    public static bool IsDirectory(string path) => path.EndsWith('/') || Directory.Exists(path);

    /// <summary>A time as names of files have it.</summary>
    internal static string Compact(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.FFFFFF'Z'", CultureInfo.InvariantCulture).Replace(".Z", "Z", StringComparison.Ordinal);
}
