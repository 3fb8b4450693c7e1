using System.Text.RegularExpressions;

namespace Millrace.Sources;

/// <summary>
/// The name that a log had before rotation renamed it: <c>app.log</c> for <c>app.log.1</c>, <c>app.log.2.gz</c>, <c>app.log-20261122</c>, <c>app-2026-11-22.log</c> and <c>app.2026-11-22.3.log.gz</c>.
/// A bare number before the ending, as in <c>web-1.log</c>, is taken for a machine's and stays.
/// </summary>
static partial class RotatedName
{
    /// <summary>The path without what rotation adds to a name. Paths of one stem may be one log at different times.</summary>
    public static string StemOf(string path)
    {
        var folder = path.LastIndexOfAny(['/', '\\']) + 1;
        var name = Compressed().Replace(path[folder..], "");
        name = Behind().Replace(name, "");
        return path[..folder] + Before().Replace(name, "");
    }

    [GeneratedRegex(@"\.(gz|zst|zstd)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Compressed();

    /// <summary><c>.1</c>, <c>-20261122</c>, <c>.2026-11-22-10</c>, <c>-20261122-1668124800</c> at the end, and <c>.old</c>.</summary>
    [GeneratedRegex(@"(?<=.)([.]old|[.][0-9]{1,10}|[._-][0-9]{4}-[0-9]{2}-[0-9]{2}([T_.-][0-9]{2}([-:.]?[0-9]{2}){0,2})?|[._-][0-9]{8}([-_.T][0-9]{1,10})?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Behind();

    /// <summary>A date, perhaps with a number behind it, before the ending.</summary>
    [GeneratedRegex(@"(?<=.)[._-]([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})([T_.-][0-9]{1,6})*(?=\.[A-Za-z]+$)", RegexOptions.CultureInvariant)]
    private static partial Regex Before();
}
