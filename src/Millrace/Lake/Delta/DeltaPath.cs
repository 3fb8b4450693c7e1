namespace Millrace.Lake.Delta;

/// <summary>Paths as Delta writes them: relative, each part percent-encoded as in a URI, so that a folder's own <c>%</c> is encoded once more.</summary>
static class DeltaPath
{
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(part => Uri.EscapeDataString(part).Replace("%3D", "=", StringComparison.Ordinal)));

    public static string Decode(string path) => Uri.UnescapeDataString(path);
}
