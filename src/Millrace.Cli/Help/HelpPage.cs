using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Millrace.Cli.Help;

/// <summary>Prints the help of a command: usage, what it does, examples, then commands, arguments and options, those that are used most first.</summary>
sealed class HelpPage : SynchronousCommandLineAction
{
    const int NameColumn = 30;
    const int UsualWidth = 110;
    const int LeastWidth = 60;

    static readonly string[] OfRoot = ["millrace demo", "millrace report traffic logs/"];

    /// <summary>Prints the help of the command that a command line names.</summary>
    public override int Invoke(ParseResult parseResult)
    {
        Print(parseResult.CommandResult.Command, Console.Out, Console.IsOutputRedirected ? UsualWidth : Math.Clamp(Console.WindowWidth, LeastWidth, UsualWidth));
        return 0;
    }

    /// <summary>Prints the help of a command.</summary>
    public static void Print(Command command, TextWriter output, int width)
    {
        var page = new StringBuilder();
        Wrap(page, command.Description ?? "", 0, width);
        page.Append('\n');
        AddUsage(page, command);
        AddExamples(page, command);
        AddList(page, "Commands", command.Subcommands.Where(one => !one.Hidden).Select(one => (Usage(one), one.Description ?? "")), width);
        AddList(page, "Arguments", command.Arguments.Where(one => !one.Hidden).Select(one => (Usage(one), one.Description ?? "")), width);
        AddList(page, "Options", Options(command).Select(option => (Usage(option), Meaning(option))), width);
        if (command.Subcommands.Count > 0)
        {
            page.Append($"\n'{Path(command)} COMMAND --help' says more of a command.\n");
        }

        output.Write(page.ToString());
        output.Flush();
    }

    static void AddUsage(StringBuilder page, Command command)
    {
        page.Append("\nUsage:\n  ").Append(Path(command));
        page.Append(command.Subcommands.Count > 0 ? " COMMAND" : "");
        foreach (var argument in command.Arguments)
        {
            page.Append(' ').Append(argument.Arity.MinimumNumberOfValues == 0 ? $"[{Usage(argument)}]" : Usage(argument));
        }

        page.Append(command.Subcommands.Count > 0 ? "\n" : " [options]\n");
    }

    static void AddExamples(StringBuilder page, Command command)
    {
        var examples = command is ExampledCommand exampled ? exampled.Examples : OfRoot;
        if (examples.Count > 0)
        {
            page.Append(examples.Count == 1 ? "\nExample:\n" : "\nExamples:\n").AppendJoin("", examples.Select(example => $"  {example}\n"));
        }
    }

    static void AddList(StringBuilder page, string title, IEnumerable<(string Name, string Meaning)> entries, int width)
    {
        var all = entries.ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.Append('\n').Append(title).Append(":\n");
        var column = Math.Min(NameColumn, all.Max(entry => entry.Name.Length) + 4);
        foreach (var (name, meaning) in all)
        {
            page.Append("  ").Append(name);
            if (name.Length + 4 > column)
            {
                page.Append('\n').Append(' ', column);
            }
            else
            {
                page.Append(' ', column - name.Length - 2);
            }

            Wrap(page, meaning, column, width);
            page.Append('\n');
        }
    }

    /// <summary>Adds a text in lines of a width, those after the first indented.</summary>
    static void Wrap(StringBuilder page, string text, int indent, int width)
    {
        var length = indent;
        var isFirst = true;
        foreach (var word in text.Split(' '))
        {
            if (!isFirst && length + 1 + word.Length > width)
            {
                page.Append('\n').Append(' ', indent);
                length = indent;
                isFirst = true;
            }

            page.Append(isFirst ? "" : " ").Append(word);
            length += word.Length + (isFirst ? 0 : 1);
            isFirst = false;
        }
    }

    /// <summary>A command's own options in their order, then help.</summary>
    static IEnumerable<Option> Options(Command command) =>
        command.Options.Where(option => !option.Hidden && option is not HelpOption).Concat(Lineage(command).SelectMany(one => one.Options.OfType<HelpOption>()));

    static string Usage(Command command) => command.Name;

    static string Usage(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name.ToUpperInvariant()}..." : argument.Name.ToUpperInvariant();

    static string Usage(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && char.IsLetter(alias[1])).Append(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names
            : option.Arity.MinimumNumberOfValues == 0 ? $"{names} [VALUE]"
            : $"{names} VALUE";
    }

    static string Meaning(Option option)
    {
        var description = option.Description ?? "";
        return option is HelpOption ? "Show this help"
            : option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value && !description.Contains("[default:", StringComparison.Ordinal)
            ? $"{description} [default: {value}]"
            : description;
    }

    static string Path(Command command) => string.Join(' ', Lineage(command).Reverse().Select(one => one is RootCommand ? "millrace" : one.Name));

    static IEnumerable<Command> Lineage(Command command)
    {
        for (Symbol? one = command; one is Command named; one = named.Parents.FirstOrDefault())
        {
            yield return named;
        }
    }
}
