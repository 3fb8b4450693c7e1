using System.CommandLine;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Parsing;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace formats list|detect|explain|test</c>.</summary>
static class FormatsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var config = new ConfigOption();
        var list = new ExampledCommand("list", "List the formats.");
        config.AddTo(list);
        list.SetAction(parsed => List(config.Read(parsed).Formats));
        return new ExampledCommand("formats", "Which formats are read, how a file's format is told, what a format's fields are.")
        {
            list.WithExamples("millrace formats list"),
            FormatsDetectCommand.Create(console),
            FormatsExplainCommand.Create(),
            FormatsTestCommand.Create(console),
        }.WithExamples("millrace formats detect access.log");
    }

    static void List(FormatTable formats)
    {
        foreach (var format in formats.All)
        {
            Console.Out.WriteLine($"{format.Name,-18} {format.Summary}");
        }
    }
}
