using System.CommandLine;
using System.Reflection;
using Millrace.Cli.Help;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace version</c>: what <c>--version</c> prints.</summary>
static class VersionCommand
{
    /// <summary>The version.</summary>
    public static string Text => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new ExampledCommand("version", "Show the version.");
        command.SetAction(_ => Console.Out.WriteLine(Text));
        return command.WithExamples("millrace version");
    }
}
