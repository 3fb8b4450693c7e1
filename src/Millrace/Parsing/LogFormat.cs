namespace Millrace.Parsing;

/// <summary>One entry of the table of formats.</summary>
/// <param name="Name">The name that <c>--format</c> takes.</param>
/// <param name="Summary">What writes such lines, in one sentence.</param>
/// <param name="Example">A line as it really looks.</param>
/// <param name="Bind">
/// Fixes the format for a file. Null where the head of the file shows that it cannot be this format, for instance because
/// a header is missing. Must not throw except a <see cref="UserException"/> for a layout that cannot be used.
/// </param>
public sealed record LogFormat(string Name, string Summary, string Example, Func<FormatInput, FormatBinding?> Bind)
{
    /// <summary>False for formats that <c>auto</c> never picks, because they accept anything or need a layout.</summary>
    public bool CanBeDetected { get; init; } = true;

    /// <summary>True for a format that reads lines of many kinds, so that it says little of a line that it reads it.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>True for a format that the user describes.</summary>
    public bool IsOwn { get; init; }

    /// <summary>True where <see cref="Bind"/> looks at the head of the file; all others give the same for every file of a run.</summary>
    public bool DependsOnHead { get; init; }
}
