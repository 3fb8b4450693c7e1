namespace Millrace.Cli.Tests;

/// <summary>One start of the executable.</summary>
/// <param name="Arguments">What follows <c>millrace</c>.</param>
sealed record Invocation(params IReadOnlyList<string> Arguments)
{
    /// <summary>Its standard input; nothing where it is null.</summary>
    public byte[]? Input { get; init; }

    /// <summary>True to leave standard input open, so that whoever reads it waits.</summary>
    public bool KeepsInputOpen { get; init; }

    /// <summary>Its working directory.</summary>
    public string? Folder { get; init; }

    /// <summary>Settings on top of the test's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Another program, with its arguments, that starts this one.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The folder of another copy of the program.</summary>
    public string Program { get; init; } = Executable.Folder;

    /// <summary>The whole command line.</summary>
    public IReadOnlyList<string> Words { get => field ?? [.. Before, .. Executable.In(Program), .. Arguments]; init; }
}
