namespace Millrace.Parsing;

/// <summary>The formats of a session: the user's own, and those of <see cref="LogFormats"/>.</summary>
/// <param name="Own">The user's own, which come first, so that of two formats that read a file equally well theirs is picked.</param>
public sealed record FormatTable(IReadOnlyList<LogFormat> Own)
{
    /// <summary>No format but the built-in ones.</summary>
    public static FormatTable BuiltIn { get; } = new([]);

    /// <summary>Every format, in the order that decides ties.</summary>
    public IEnumerable<LogFormat> All => Own.Concat(LogFormats.All);

    /// <summary>The format of a name. Throws a <see cref="UserException"/> that lists the names where there is none.</summary>
    public LogFormat Find(string name) =>
        All.FirstOrDefault(format => format.Name == name)
        ?? throw new UserException($"There is no format '{name}'. Expected {LogFormats.Auto}, {string.Join(", ", All.Select(format => format.Name))}.", UserException.Usage);
}
