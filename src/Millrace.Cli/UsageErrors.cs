using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>Says what is wrong with a command line, in whole sentences; the parser's own are for programmers.</summary>
static partial class UsageErrors
{
    /// <summary>The sentences; none where the command line can be used.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        // Help is given whatever else is wrong.
        var isToRun = parsed.Action == parsed.CommandResult.Command.Action;
        string[] unknownOptions = isToRun || parsed.Action is ParseErrorAction ? [.. UnknownOptions(parsed)] : [];
        if (parsed.Action is not ParseErrorAction && unknownOptions.Length == 0)
        {
            return [];
        }

        var path = Path(parsed.CommandResult);
        IEnumerable<string> sentences = unknownOptions.Length > 0 ? unknownOptions.Select(option => UnknownOption(parsed.CommandResult, option))
            : parsed.CommandResult.Command.Subcommands.Count > 0 ? [WrongCommand(parsed, path)]
            : parsed.UnmatchedTokens.Count > 0 ? [$"'{parsed.UnmatchedTokens[0]}' is one argument too many for '{path}'. An argument with spaces in it needs quotes."]
            : parsed.Errors.Select(Sentence);
        return [.. sentences, $"'{path} --help' shows what there is."];
    }

    /// <summary>
    /// What looks like an option and is none: the parser would take it for a source, a query or an option's value. What comes after <c>--</c> is meant as it is.
    /// </summary>
    static IEnumerable<string> UnknownOptions(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument)
        .Select(token => OptionLike().Match(token.Value))
        .Where(match => match.Success)
        .Select(match => match.Groups["name"].Value);

    static string UnknownOption(CommandResult command, string option)
    {
        var known = command.Command.Options.Select(option => option.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal));
        return SimilarNames.Find(option, known) is { } meant ? $"There is no option '{option}'; did you mean '{meant}'?" : $"There is no option '{option}'.";
    }

    static string WrongCommand(ParseResult parsed, string path)
    {
        var names = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        var choices = $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return $"'{path}' needs to know what to do: {choices}.";
        }

        var asked = parsed.UnmatchedTokens[0];
        return SimilarNames.Find(asked, names) is { } meant
            ? $"There is no '{path} {asked}'; did you mean '{path} {meant}'?"
            : $"There is no '{path} {asked}'. Expected {choices}.";
    }

    static string Sentence(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult, Argument: var argument } => $"The {argument.Name} is missing: {Sense(argument)}.",
        OptionResult { Tokens.Count: 0, Option: var option } => $"{option.Name} needs a value: {Sense(option)}.",
        OptionResult { Tokens.Count: > 1, Option: { Arity.MaximumNumberOfValues: 1 } option } => $"{option.Name} is given more than once.",
        OptionResult { Option: var option } result => $"'{result.Tokens[0].Value}' cannot be used for {option.Name}: {Sense(option)}.",
        _ => error.Message,
    };

    static string? Sense(Symbol symbol) => symbol.Description?.TrimEnd('.');

    static string Path(CommandResult command) => string.Join(' ', Lineage(command).Reverse().Select(result => result.Command is RootCommand ? "millrace" : result.Command.Name));

    static IEnumerable<CommandResult> Lineage(CommandResult command)
    {
        for (SymbolResult? result = command; result is CommandResult one; result = one.Parent)
        {
            yield return one;
        }
    }

    // A number may be negative, a comment of SQL has a space, and '-' is standard input.
    [GeneratedRegex(@"\A(?<name>--?[A-Za-z][A-Za-z0-9-]*)(?:[=:].*)?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex OptionLike();
}
