using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Cli.Tests.Documents;

/// <summary>
/// A fenced block of a document that shows commands and what they print: <c>```console</c>. A line that is <c>…</c> stands for any lines; a block
/// without output shows commands alone. After <c>```console figures</c>, figures may differ from run to run.
/// </summary>
/// <param name="FirstLine">Where it begins in its document, from 0: the line of the fence.</param>
/// <param name="Commands">The commands, each with the output below it.</param>
/// <param name="FiguresDiffer">True where numbers depend on the day and the machine.</param>
sealed partial record ConsoleBlock(int FirstLine, IReadOnlyList<(string Command, IReadOnlyList<string> Output)> Commands, bool FiguresDiffer)
{
    const string Fence = "```";
    const string Anything = "…";

    /// <summary>How many lines it has between its fences.</summary>
    public int LineCount => Commands.Sum(shown => shown.Command.Split('\n').Length + shown.Output.Count);

    /// <summary>The blocks of a document.</summary>
    public static IEnumerable<ConsoleBlock> Read(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith(Fence + "console", StringComparison.Ordinal))
            {
                var body = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith(Fence, StringComparison.Ordinal)).ToList();
                yield return new ConsoleBlock(i, ReadCommands(body), lines[i].EndsWith(" figures", StringComparison.Ordinal));
                i += body.Count + 1;
            }
        }
    }

    /// <summary>The block as it would be written with other output; where it leaves lines out, it stays as it is.</summary>
    public IEnumerable<string> WithOutput(IReadOnlyList<IReadOnlyList<string>> outputs) => Commands.SelectMany((shown, i) =>
        (string[])[.. CommandLines(shown.Command), .. FiguresDiffer || shown.Output.Count == 0 || shown.Output.Contains(Anything) ? shown.Output : outputs[i]]);

    /// <summary>True where a command printed what the block shows.</summary>
    public bool IsShown(int command, IReadOnlyList<string> printed)
    {
        var expected = Commands[command].Output;
        if (expected.Count == 0)
        {
            return true;
        }

        var pattern = new StringBuilder(@"\A");
        foreach (var line in expected)
        {
            pattern.Append(line == Anything ? @"(?:.*\n)*?" : Regex.Escape(Comparable(line)) + @"\n");
        }

        return Regex.IsMatch(string.Concat(printed.Select(line => Comparable(line) + "\n")), pattern.Append(@"\z").ToString());
    }

    static List<(string, IReadOnlyList<string>)> ReadCommands(List<string> body)
    {
        var commands = new List<(string, IReadOnlyList<string>)>();
        for (var i = 0; i < body.Count;)
        {
            var command = body[i++][2..];
            while (i < body.Count && body[i].StartsWith("> ", StringComparison.Ordinal))
            {
                command += "\n" + body[i++][2..];
            }

            var output = body.Skip(i).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal)).ToList();
            i += output.Count;
            commands.Add((command, output));
        }

        return commands;
    }

    static IEnumerable<string> CommandLines(string command) => command.Split('\n').Select((line, i) => (i == 0 ? "$ " : "> ") + line);

    string Comparable(string line) => FiguresDiffer ? Spaces().Replace(Figures().Replace(line, "0"), " ") : line;

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*")]
    private static partial Regex Figures();

    [GeneratedRegex(" +|─+")]
    private static partial Regex Spaces();
}
