namespace Millrace.Parsing;

/// <summary>One value of a <see cref="RawTable"/>.</summary>
/// <param name="Field">The number of the field in <see cref="FormatBinding.Fields"/> that it is; -1 for one that the format does not read.</param>
/// <param name="Name">The name of the engine's column.</param>
/// <param name="Value">How its text is written.</param>
public sealed record RawField(int Field, string Name, RawValue Value)
{
    /// <summary>The keys that lead to it in a JSON object, outermost first.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>How a <see cref="RawValue.PatternTime"/> is written, in the letters of Java's DateTimeFormatter.</summary>
    public string TimePattern { get; init; } = "";
}
