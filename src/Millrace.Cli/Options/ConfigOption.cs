using System.CommandLine;
using Millrace.App;

namespace Millrace.Cli.Options;

/// <summary>Where the user's settings are: <c>--config FILE</c>, or <c>millrace.json</c> in the working directory or the nearest of those above it.</summary>
sealed class ConfigOption
{
    readonly Option<string?> _config = new("--config") { Description = $"File with settings and formats of your own; else {Settings.FileName} in this directory or one above" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_config);

    /// <summary>The settings. Throws a <see cref="UserException"/> where they cannot be read or used.</summary>
    public Settings Read(ParseResult parsed) => parsed.GetValue(_config) is { } path ? Settings.Read(path) : Settings.Find(Directory.GetCurrentDirectory());
}
