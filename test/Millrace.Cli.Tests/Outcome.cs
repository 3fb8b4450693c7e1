using System.Text.RegularExpressions;

namespace Millrace.Cli.Tests;

/// <summary>How a run of the executable ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it told on standard error.</param>
sealed partial record Outcome(int Code, string Output, string Errors)
{
    /// <summary>Done, without a word on standard error but for what a report covers.</summary>
    public string Quietly()
    {
        Assert.Equal("", Told);
        return Done();
    }

    /// <summary>Done, whatever was told on standard error.</summary>
    public string Done()
    {
        Assert.True(Code == 0, $"Ended with {Code}:\n{Errors}");
        return Output;
    }

    /// <summary>Failed with nothing on standard output, and gives what was told, without the name before each sentence.</summary>
    public string Failed(int code = 1)
    {
        Assert.Equal("", Output);
        Assert.True(Code == code, $"Ended with {Code}:\n{Errors}");
        return Told;
    }

    /// <summary>What was told, without the name before each sentence, and without what a report covers.</summary>
    public string Told => CoverageLine().Replace(Errors, "").Replace("millrace: ", "", StringComparison.Ordinal).TrimEnd('\n');

    /// <summary>What a report says it covers; null where nothing does.</summary>
    public string? Coverage => CoverageLine().Match(Errors) is { Success: true } found ? found.Groups["sentence"].Value : null;

    [GeneratedRegex(@"^millrace: (?<sentence>(?:\S+Z to \S+Z|all time|from \S+Z|up to \S+Z): (?:(?:all )?[\d,]+(?: of [\d,]+)? events?\b|the errors that ).*)\n", RegexOptions.Multiline)]
    private static partial Regex CoverageLine();
}
