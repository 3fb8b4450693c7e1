namespace Millrace.Reports;

/// <summary>Something that a report may be asked with.</summary>
/// <param name="Name">Its name: <c>--name</c> on a command line, and the same in camel case in settings.</param>
/// <param name="Meaning">What it does, in a line.</param>
/// <param name="Kind">What it takes.</param>
public sealed record ReportParameter(string Name, string Meaning, ParameterKind Kind)
{
    /// <summary>The parameter by which a report also splits its rows.</summary>
    public const string By = "by";

    /// <summary>The parameter that counts calls by people as those of one caller.</summary>
    public const string External = "external";

    /// <summary>The parameter that adds metrics to the nodes of the call graph.</summary>
    public const string Metrics = "metrics";

    /// <summary>The parameter that counts statuses from 400 as errors.</summary>
    public const string ClientErrors = "client-errors";

    /// <summary>The parameter that names an error store in place of logs.</summary>
    public const string Store = "store";

    /// <summary>The texts that it takes; empty where it takes any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>What a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>Nothing: it is there or not.</summary>
    Flag,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A text, or nothing.</summary>
    OptionalText,
}
