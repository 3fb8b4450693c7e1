using System.CommandLine;
using Millrace.Cli.Help;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace help COMMAND…</c>: what <c>--help</c> behind the command prints.</summary>
static class HelpCommand
{
    /// <summary>The command.</summary>
    public static Command Create(RootCommand root)
    {
        var words = new Argument<string[]>("command") { Description = "A command, such as report status", Arity = ArgumentArity.ZeroOrMore };
        var command = new ExampledCommand("help", "Show the help of a command.") { words };
        command.SetAction(parsed => root.Parse([.. Named(root, parsed.GetValue(words)!), "--help"]).Invoke());
        return command.WithExamples("millrace help report status");
    }

    static string[] Named(RootCommand root, string[] words)
    {
        Command command = root;
        foreach (var word in words)
        {
            var names = command.Subcommands.Select(one => one.Name).ToList();
            command = command.Subcommands.FirstOrDefault(one => one.Name == word) ?? throw new UserException(
                SimilarNames.Find(word, names) is { } meant ? $"There is no command '{string.Join(' ', words)}'; did you mean '{meant}'?"
                    : $"There is no command '{string.Join(' ', words)}'. 'millrace --help' lists those that there are.",
                UserException.Usage);
        }

        return words;
    }
}
