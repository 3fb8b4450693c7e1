using System.Text.RegularExpressions;

namespace Millrace.Cli.Tests;

/// <summary>A terminal of its own for a command line, made by util-linux's <c>script</c>.</summary>
static partial class PseudoTerminal
{
    /// <summary>Skips the test where there is no such program.</summary>
    public static void SkipWhereMissing() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "This needs a terminal of its own (util-linux script).");

    /// <summary>
    /// Runs a line of the shell. What it writes to standard output and to standard error comes as one, without what the runtime tells a terminal about its
    /// keys.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="folder">The working directory; null for this process's.</param>
    /// <param name="environment">Settings on top of the test's own.</param>
    public static async Task<Outcome> RunAsync(string line, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var outcome = await Executable.RunAsync(new Invocation
        {
            Words = ["script", "-qec", line, "/dev/null"],
            Folder = folder,
            Environment = environment ?? new Dictionary<string, string>(),
        });
        return outcome with { Output = KeyModes().Replace(outcome.Output, "").Replace("\r\n", "\n", StringComparison.Ordinal) };
    }

    /// <summary>Runs Millrace in a terminal of a width.</summary>
    public static Task<Outcome> RunMillraceAsync(int columns, string words, params (string Name, string Value)[] environment)
    {
        var program = string.Join(' ', Executable.In(Executable.Folder).Select(word => $"'{word}'"));
        var settings = new Dictionary<string, string> { ["TERM"] = "xterm", ["NO_COLOR"] = "" };
        foreach (var (name, value) in environment)
        {
            settings[name] = value;
        }

        return RunAsync($"stty cols {columns}; {program} {words}", environment: settings);
    }

    [GeneratedRegex("\u001b\\[\\?1[hl]\u001b[=>]")]
    private static partial Regex KeyModes();
}
