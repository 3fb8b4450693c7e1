namespace Millrace.Cli.Output;

/// <summary>When output is coloured, as <c>--color</c> says it.</summary>
enum ColorChoice
{
    /// <summary>On a terminal, unless the environment is against it.</summary>
    Auto,
    Always,
    Never,
}
