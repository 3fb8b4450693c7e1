namespace Millrace.Cli.Tests;

/// <summary>A copy of the program in a folder that everybody may read, for tests that must not run as root.</summary>
sealed class OpenCopy : IDisposable
{
    const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    const string Nobody = "65534";

    /// <summary>The folder of the copy.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("millrace-open-").FullName;

    public OpenCopy()
    {
        File.SetUnixFileMode(Folder, Everybody);
        foreach (var file in Directory.EnumerateFiles(Executable.Folder, "*", SearchOption.AllDirectories).Where(IsNeeded))
        {
            var copy = Path.Join(Folder, Path.GetRelativePath(Executable.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!, Everybody);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, Everybody);
        }
    }

    /// <summary>A command line for the copy, run by a user without rights, whoever runs the tests.</summary>
    public Invocation AsNobody(params string[] arguments) => new(arguments)
    {
        Program = Folder,
        Before = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"] : [],
        Environment = new Dictionary<string, string> { ["HOME"] = Folder },
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // The libraries of other systems are large.
    static bool IsNeeded(string file) => !file.Contains("/runtimes/", StringComparison.Ordinal) || file.Contains("/linux-", StringComparison.Ordinal) || file.Contains("/osx", StringComparison.Ordinal);
}
