namespace Millrace.Sources.Arrivals;

/// <summary>Names that programs give to files which they have not finished and will rename into place.</summary>
static class UnfinishedNames
{
    static readonly string[] Endings = [".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".swp", ".swx", ".lock", "~"];

    public static bool IsUnfinished(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
