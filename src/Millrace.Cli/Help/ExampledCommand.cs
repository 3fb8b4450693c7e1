using System.CommandLine;

namespace Millrace.Cli.Help;

/// <summary>A command whose help shows command lines that use it.</summary>
sealed class ExampledCommand(string name, string description) : Command(name, description)
{
    /// <summary>The command lines.</summary>
    public IReadOnlyList<string> Examples { get; private set; } = [];

    /// <summary>Gives the command examples.</summary>
    public ExampledCommand WithExamples(params IReadOnlyList<string> examples)
    {
        Examples = examples;
        return this;
    }
}
