using System.CommandLine;
using Millrace.Cli.Help;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace completion SHELL</c>: what a shell runs to complete commands, options and their values.</summary>
static class CompletionCommand
{
    // Each asks the program itself, by a directive that prints what may stand at a place of a line.
    const string Bash = """
        # Completes millrace in bash. Add to ~/.bashrc:  source <(millrace completion bash)
        _millrace() {
          local word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o bashdefault -o default -F _millrace millrace ./millrace
        """;

    const string Zsh = """
        # Completes millrace in zsh. Add to ~/.zshrc:  source <(millrace completion zsh)
        _millrace() {
          local -a found
          found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -- $found
          _files
        }
        compdef _millrace millrace ./millrace
        """;

    const string Fish = """
        # Completes millrace in fish. Save as ~/.config/fish/completions/millrace.fish
        complete -c millrace -a '(millrace "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.CompletionSources.Add("bash", "zsh", "fish");
        var command = new ExampledCommand("completion", "Print a script that completes commands and options in a shell.") { shell };
        command.SetAction(parsed => Console.Out.WriteLine(Script(parsed.GetValue(shell)!)));
        return command.WithExamples("source <(millrace completion bash)");
    }

    static string Script(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new UserException($"There is no completion for '{shell}'. Expected bash, zsh or fish.", UserException.Usage),
    };
}
