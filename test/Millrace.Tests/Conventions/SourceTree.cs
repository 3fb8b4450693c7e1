namespace Millrace.Tests.Conventions;

/// <summary>The repository's own source files.</summary>
static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files below a folder of <c>src</c>, with their text.</summary>
    public static IEnumerable<(string Path, string Text)> Files(params string[] folders) =>
        Directory.GetFiles(Path.Combine([Root, "src", .. folders]), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)));

    static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }

        return root.FullName;
    }
}
