using System.Globalization;

namespace Millrace.Tests.Queries;

/// <summary>How much memory of the machine this process takes, as Linux counts it.</summary>
static class ResidentMemory
{
    public static long Now => Status("VmRSS:");

    /// <summary>The most since it was forgotten.</summary>
    public static long Peak => Status("VmHWM:");

    /// <summary>Makes what is taken now the most that was. False where the system does not count or does not let go.</summary>
    public static bool TryForgetPeak()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static long Status(string name) => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^" kB".Length], CultureInfo.InvariantCulture) << 10
        : 0;
}
