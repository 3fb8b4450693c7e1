using System.CommandLine;
using Millrace.Cli.Help;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors …</c>.</summary>
static class ErrorsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new ExampledCommand("errors", "What messages have in common, and what is kept of errors.");
        command.Subcommands.Add(ErrorsTemplatesCommand.Create(console));
        command.Subcommands.Add(ErrorsExtractCommand.Create(console));
        command.Subcommands.Add(ErrorsRetainCommand.Create(console));
        return command.WithExamples("millrace errors extract 'logs/*.gz' --store errors.db");
    }
}
