using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Millrace.Cli.Help;

/// <summary>Command lines that show how a command is used, for its help.</summary>
static class Examples
{
    static readonly ConditionalWeakTable<Command, string[]> Known = [];

    /// <summary>Gives a command examples.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        Known.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>The examples of a command.</summary>
    public static IReadOnlyList<string> Of(Command command) => Known.TryGetValue(command, out var examples) ? examples : [];
}
