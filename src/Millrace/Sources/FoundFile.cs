namespace Millrace.Sources;

/// <summary>A file that a source stands for, not yet looked into.</summary>
/// <param name="Name">The name as the user would write it.</param>
/// <param name="Identity">The same for the same file, however it was reached.</param>
/// <param name="IsNamed">True where the user wrote this very name.</param>
/// <param name="IsLink">True where this is another name for the file.</param>
/// <param name="FoundFrom">Where in the name the part begins that was found rather than written by the user.</param>
/// <param name="Open">Makes the file; called once it is known to be needed.</param>
sealed record FoundFile(string Name, string Identity, bool IsNamed, bool IsLink, int FoundFrom, Func<LogFile> Open);
