using System.Diagnostics;

namespace Millrace.Cli.Tests;

/// <summary>A disk in memory that is soon full. Only root may make one.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("millrace-disk-").FullName;

    public string Path => _folder;

    public static SmallDisk Mount()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux may mount a small disk.");
        var disk = new SmallDisk();
        if (!Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk._folder))
        {
            Directory.Delete(disk._folder);
            Assert.Skip("This machine lets nobody mount a disk.");
        }

        return disk;
    }

    public void MakeReadOnly() => Assert.SkipUnless(Run("mount", "-o", "remount,ro", _folder), "This machine lets nobody mount a disk again.");

    public void Dispose()
    {
        Run("umount", _folder);
        Directory.Delete(_folder);
    }

    static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
