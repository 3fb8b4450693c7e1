using System.Text;

namespace Millrace.Tests;

/// <summary>Rendered output kept in files beside the tests. MILLRACE_UPDATE_GOLDEN=1 rewrites them; the difference is then reviewed.</summary>
static class Golden
{
    /// <param name="path">Below the test project's folder.</param>
    /// <param name="actual">What was rendered.</param>
    public static void Matches(string path, string actual)
    {
        var file = Path.Combine(RepositoryRoot(), "test", typeof(Golden).Assembly.GetName().Name!, path);
        if (Environment.GetEnvironmentVariable("MILLRACE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.True(File.Exists(file), $"{file} is missing. Run the tests once with MILLRACE_UPDATE_GOLDEN=1 and review the file.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Millrace.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }

        return folder;
    }
}
