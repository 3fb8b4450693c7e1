namespace Millrace.Cli.Tests;

/// <summary>How a run of the executable ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it told on standard error.</param>
sealed record Outcome(int Code, string Output, string Errors)
{
    /// <summary>Done, without a word on standard error.</summary>
    public string Quietly()
    {
        Assert.Equal("", Errors);
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

    /// <summary>What was told, without the name before each sentence.</summary>
    public string Told => Errors.Replace("millrace: ", "", StringComparison.Ordinal).TrimEnd('\n');
}
