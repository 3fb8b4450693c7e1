using System.CommandLine;
using Millrace.Parsing;

namespace Millrace.Cli;

/// <summary>Where the user's settings are: <c>--config FILE</c>, or <c>millrace.json</c> in the working directory or the nearest of those above it.</summary>
sealed class ConfigOption
{
    const string FileName = "millrace.json";

    readonly Option<string?> _config = new("--config") { Description = $"File with settings and formats of your own; else {FileName} in this directory or one above" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_config);

    /// <summary>The formats that there are. Throws a <see cref="UserException"/> where the file cannot be read or says what cannot be.</summary>
    public FormatTable Read(ParseResult parsed) => ReadSettings(parsed).Formats;

    /// <summary>All that the file says. Throws a <see cref="UserException"/> where it cannot be read or says what cannot be.</summary>
    public Settings ReadSettings(ParseResult parsed)
    {
        var path = parsed.GetValue(_config) ?? Nearest(Directory.GetCurrentDirectory());
        return path is null ? Settings.None : Settings.Parse(ReadFile(path), path);
    }

    static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The file of settings '{path}' cannot be read: {e.Message}", UserException.Usage, e);
        }
    }

    static string? Nearest(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Join(folder, FileName) is var path && File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
