using System.CommandLine;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors …</c>.</summary>
static class ErrorsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new Command("errors", "What messages have in common.");
        command.Subcommands.Add(ErrorsTemplatesCommand.Create(console));
        return command;
    }
}
