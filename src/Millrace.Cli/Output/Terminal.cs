namespace Millrace.Cli.Output;

/// <summary>What the terminal takes, or whatever stands in its place.</summary>
/// <param name="environment">The environment's variables by name.</param>
/// <param name="isOutput">True where standard output is a terminal.</param>
/// <param name="isErrors">True where standard error is one.</param>
/// <param name="width">Tells how many cells a line of it has; not positive where that is not known.</param>
sealed class Terminal(Func<string, string?> environment, bool isOutput, bool isErrors, Func<int> width)
{
    /// <summary>The process's own.</summary>
    public static Terminal Own() =>
        new(Environment.GetEnvironmentVariable, !Console.IsOutputRedirected, !Console.IsErrorRedirected, static () => Console.WindowWidth);

    /// <summary>True where a person sees standard output as it is written.</summary>
    public bool IsOutput => isOutput;

    /// <summary>How many cells a line on standard output has; null where nothing limits it.</summary>
    public int? Width => isOutput && width() is > 0 and var cells ? cells : null;

    /// <summary>True where a line on standard error can be taken back and written over.</summary>
    public bool Rewrites => isErrors && !IsDumb;

    bool IsDumb => environment("TERM") == "dumb";

    /// <summary>True where standard output is to be coloured. What the command line says goes before what the environment says.</summary>
    public bool Colours(ColorChoice choice) => choice switch
    {
        ColorChoice.Always => true,
        ColorChoice.Never => false,
        _ => isOutput && !IsDumb && string.IsNullOrEmpty(environment("NO_COLOR")),
    };
}
