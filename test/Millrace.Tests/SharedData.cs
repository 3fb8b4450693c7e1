namespace Millrace.Tests;

/// <summary>The folder of real logs beside a checkout; where it is missing, whoever asks for it is skipped.</summary>
static class SharedData
{
    public static string Folder(params string[] names)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent;
        }

        var folder = Path.Combine([root?.Parent?.FullName ?? "", "shared", "data", .. names]);
        Assert.SkipUnless(Directory.Exists(folder), $"The folder {folder} is missing.");
        return folder;
    }
}
