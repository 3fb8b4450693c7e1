using System.CommandLine;

namespace Millrace.Cli;

/// <summary>Which lake takes the place of raw logs: <c>--lake</c>, or the one that the settings name.</summary>
sealed class LakeOptions
{
    readonly Option<string?> _lake = new("--lake") { Description = "Directory or s3://bucket/prefix of a lake, which takes the place of sources" };
    readonly Option<string?> _at = new("--at") { Description = "The lake as of a version or a time: 12, 2026-11-22T10:00:00Z" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_lake);
        command.Options.Add(_at);
    }

    /// <summary>True where the command line itself names a lake, or a version of one.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_lake) is not null || parsed.GetValue(_at) is not null;

    /// <summary>What the command line and the settings say; null where neither names a lake.</summary>
    public LakeChoice? Read(ParseResult parsed, Settings settings)
    {
        var path = parsed.GetValue(_lake) ?? PathIn(settings);
        var at = parsed.GetValue(_at);
        return path is not null ? new LakeChoice(path, at)
            : at is null ? null
            : throw new UserException("--at names a version of a lake, and there is no lake. Name one with --lake.", UserException.Usage);
    }

    /// <summary>The lake that the settings name: <c>{"lake": {"path": "…"}}</c>.</summary>
    public static string? PathIn(Settings settings)
    {
        if (settings.Section("lake") is not { } section)
        {
            return null;
        }

        if (section.ValueKind != System.Text.Json.JsonValueKind.Object || section.EnumerateObject().Any(one => one.Name is not ("path" or "retain")))
        {
            throw new UserException($"{settings.Path}: the section 'lake' holds what it cannot. Expected {{\"path\": \"DIRECTORY or s3://bucket/prefix\"}}, and by choice \"retain\": [rules].", UserException.Usage);
        }

        return section.TryGetProperty("path", out var path) && path.ValueKind == System.Text.Json.JsonValueKind.String
            ? settings.Resolve(path.GetString()!)
            : throw new UserException($"{settings.Path}: the section 'lake' has no path. Expected {{\"path\": \"DIRECTORY or s3://bucket/prefix\"}}.", UserException.Usage);
    }
}
